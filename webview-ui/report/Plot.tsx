import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the plot shows, for who does not see it. */
  readonly description: string;
  /** Pixels; of a plot that needs more height where it has less width, a function of it. */
  readonly height: number | ((width: number) => number);
  /** Never wider, in pixels. */
  readonly widest?: number;
  readonly legend?: ComponentChildren;
  readonly children: (width: number) => ComponentChildren;
}

const USUAL_WIDTH = 640;

/** An SVG as wide as there is room, drawn anew when that changes: scaled text would grow and shrink. */
export function Plot({ id, title, description, height, widest = Infinity, legend, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(USUAL_WIDTH);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setRoom(element.clientWidth || USUAL_WIDTH);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const width = Math.min(widest, room);
  return (
    <figure class="plot">
      {legend}
      <div ref={box}>
        <svg
          role="img"
          aria-labelledby={`${id}-title ${id}-desc`}
          width={width}
          height={typeof height === 'number' ? height : height(width)}
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-desc`}>{description}</desc>
          {children(width)}
        </svg>
      </div>
    </figure>
  );
}
