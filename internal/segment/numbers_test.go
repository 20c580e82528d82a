package segment

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for _, n := range []int{0, 1, 24, 127, 128, 129, 1000} {
		for _, below := range []uint32{1, 2, 200, 1 << 20, 1<<32 - 1} {
			want := make([]uint32, n)
			for i := range want {
				want[i] = r.Uint32N(below)
				if r.IntN(20) == 0 {
					want[i] = 1<<32 - 1
				}
			}
			b := AppendNumbers(nil, want)
			padded := append(slices.Clone(b), make([]byte, NumbersPadding)...)
			got := make([]uint32, n)
			used, err := ReadNumbers(got, padded, len(b))
			if err != nil || used != len(b) || !slices.Equal(got, want) {
				t.Errorf("%d numbers below %d: %d of %d bytes, error %v", n, below, used, len(b), err)
			}
			if _, err := ReadNumbers(got, padded, len(b)-1); err == nil && n > 0 {
				t.Errorf("%d numbers below %d: the last byte is not missed", n, below)
			}
		}
	}
}
