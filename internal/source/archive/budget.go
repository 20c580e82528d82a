package archive

import (
	"fmt"
	"io"
)

// Bounds of what comes out of a compressed file or an archive. An article compresses to a third,
// and JSON Lines to a tenth of their size; what expands to more than maxRatio times its size,
// beyond freeSize, holds no articles.
const (
	maxRatio = 200
	freeSize = 64 << 20
	maxSize  = 64 << 30
)

// Errors of what expands too much.
var (
	ErrBomb  = fmt.Errorf("it expands to more than %d times its size: no articles do", maxRatio)
	ErrLarge = fmt.Errorf("it expands to more than %d GiB: split it", maxSize>>30)
)

// isBomb reports whether so many bytes that so many expand to are more than articles expand to.
func isBomb(expanded, size int64) bool { return expanded > freeSize && expanded/maxRatio > size }

// Budget bounds what comes out of an input, whatever is compressed within what else. Each part may
// expand to maxRatio times its size, all parts together to freeSize more than that, and the whole
// to maxRatio times the size of the input.
type Budget struct {
	size  func() int64 // of the input, as far as it is known
	out   int64        // of all parts
	spare int64
}

// NewBudget returns the budget of an input whose size on disk is that of size.
func NewBudget(size func() int64) *Budget { return &Budget{size: size, spare: freeSize} }

// Size returns the size of the input on disk, as far as it is known.
func (b *Budget) Size() int64 { return b.size() }

// Reader returns a reader of a part that was decompressed. size is how many bytes were read for
// it. It ends with ErrBomb or ErrLarge.
func (b *Budget) Reader(in io.Reader, size func() int64) io.Reader {
	return &bounded{in: in, budget: b, size: size}
}

// exhausted returns an error if the input expanded too much.
func (b *Budget) exhausted() error {
	switch {
	case b.out > maxSize:
		return ErrLarge
	case isBomb(b.out, b.size()):
		return ErrBomb
	}
	return nil
}

// bounded stops reading where too much comes out of too little.
type bounded struct {
	in     io.Reader
	budget *Budget
	size   func() int64
	out    int64
	spent  int64 // of what the budget has to spare
	bomb   bool
}

func (r *bounded) Read(p []byte) (int, error) {
	if r.bomb {
		return 0, ErrBomb
	}
	if err := r.budget.exhausted(); err != nil {
		return 0, err
	}
	n, err := r.in.Read(p)
	r.out += int64(n)
	r.budget.out += int64(n)
	if beyond := r.out - maxRatio*r.size() - r.spent; beyond > 0 {
		if r.bomb = beyond > r.budget.spare; r.bomb {
			return n, ErrBomb
		}
		r.spent += beyond
		r.budget.spare -= beyond
	}
	return n, err
}
