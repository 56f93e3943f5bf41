;; The products of a vector with the rows of a matrix, by 128-bit SIMD. scripts/vector-kernel.mjs assembles it.
;;
;; All numbers are 32-bit floats, all other units bytes. A row takes `stride` bytes, a multiple of 128, for one turn of
;; the inner loop takes 32 numbers; behind the query's last number there must be zeros. Eight sums of four lanes each, so
;; that no addition waits for the one before it: each lane adds up a thirty-second of a row (kernelRows.ts bounds the
;; error by that).
(module
  (memory (export "memory") 1 65536)

  ;; For each of the `count` rows from the address `row` on, writes its product with the vector at `query` to `out`.
  (func (export "products")
    (param $query i32) (param $row i32) (param $count i32) (param $stride i32) (param $out i32)
    (local $end i32) (local $q i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (block $done
      (loop $rows
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $q (local.get $query))
        (local.set $end (i32.add (local.get $row) (local.get $stride)))
        (local.set $a (v128.const f32x4 0 0 0 0))
        (local.set $b (v128.const f32x4 0 0 0 0))
        (local.set $c (v128.const f32x4 0 0 0 0))
        (local.set $d (v128.const f32x4 0 0 0 0))
        (local.set $e (v128.const f32x4 0 0 0 0))
        (local.set $f (v128.const f32x4 0 0 0 0))
        (local.set $g (v128.const f32x4 0 0 0 0))
        (local.set $h (v128.const f32x4 0 0 0 0))
        (loop $numbers
          (local.set $a (f32x4.add (local.get $a)
            (f32x4.mul (v128.load (local.get $row)) (v128.load (local.get $q)))))
          (local.set $b (f32x4.add (local.get $b)
            (f32x4.mul (v128.load offset=16 (local.get $row)) (v128.load offset=16 (local.get $q)))))
          (local.set $c (f32x4.add (local.get $c)
            (f32x4.mul (v128.load offset=32 (local.get $row)) (v128.load offset=32 (local.get $q)))))
          (local.set $d (f32x4.add (local.get $d)
            (f32x4.mul (v128.load offset=48 (local.get $row)) (v128.load offset=48 (local.get $q)))))
          (local.set $e (f32x4.add (local.get $e)
            (f32x4.mul (v128.load offset=64 (local.get $row)) (v128.load offset=64 (local.get $q)))))
          (local.set $f (f32x4.add (local.get $f)
            (f32x4.mul (v128.load offset=80 (local.get $row)) (v128.load offset=80 (local.get $q)))))
          (local.set $g (f32x4.add (local.get $g)
            (f32x4.mul (v128.load offset=96 (local.get $row)) (v128.load offset=96 (local.get $q)))))
          (local.set $h (f32x4.add (local.get $h)
            (f32x4.mul (v128.load offset=112 (local.get $row)) (v128.load offset=112 (local.get $q)))))
          (local.set $row (i32.add (local.get $row) (i32.const 128)))
          (local.set $q (i32.add (local.get $q) (i32.const 128)))
          (br_if $numbers (i32.ne (local.get $row) (local.get $end))))
        (local.set $a (f32x4.add (f32x4.add (local.get $a) (local.get $b)) (f32x4.add (local.get $c) (local.get $d))))
        (local.set $e (f32x4.add (f32x4.add (local.get $e) (local.get $f)) (f32x4.add (local.get $g) (local.get $h))))
        (local.set $a (f32x4.add (local.get $a) (local.get $e)))
        (f32.store (local.get $out)
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
            (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $rows)))))
