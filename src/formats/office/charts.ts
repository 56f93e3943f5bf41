import { childElements, descend, descendants, type XmlElement } from './xml';

/** Names and values of a chart's series as rows, as the file keeps them beside the picture. */
export function chartRows(chart: XmlElement): string[][] {
  const series = [...descendants(chart, 'c:ser')].map((ser) => ({
    name: pointsOf(descend(ser, 'c:tx'))[0] ?? '',
    categories: pointsOf(descend(ser, 'c:cat') ?? descend(ser, 'c:xVal')),
    values: pointsOf(descend(ser, 'c:val') ?? descend(ser, 'c:yVal')),
  }));
  const [first] = series;
  if (first === undefined) return [];
  const length = Math.max(...series.map(({ values }) => values.length));
  return [
    ['', ...series.map(({ name }) => name)],
    ...Array.from({ length }, (_, i) => [
      first.categories[i] ?? String(i + 1),
      ...series.map(({ values }) => values[i] ?? ''),
    ]),
  ];
}

function pointsOf(element: XmlElement | undefined): string[] {
  if (element === undefined) return [];
  const points: string[] = [];
  for (const point of descendants(element, 'c:pt')) {
    const value = childElements(point, 'c:v')[0]?.children[0];
    points[Number(point.attributes['idx'] ?? points.length)] = typeof value === 'string' ? value : '';
  }
  return Array.from(points.slice(0, 10_000), (point) => point ?? '');
}
