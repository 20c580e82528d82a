package build

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"

	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/record"
)

// incomingDir holds the records that were read, until they are a volume's.
const incomingDir = "incoming"

// read stores every article; of those with the same id the last remains, in its
// own position.
func (b *builder) read(ctx context.Context, articles iter.Seq2[*news.Article, error]) error {
	dir := filepath.Join(b.dir, incomingDir)
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	w, err := record.Create(dir)
	if err != nil {
		return err
	}
	defer w.Close() // after Finish this does nothing
	byID := map[string]int{}
	sizes := []index.Size{}
	replaced := map[int]bool{}
	done := int64(0)
	for a, err := range articles {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if old, ok := byID[a.ID]; ok {
			replaced[old] = true
			b.duplicates++
		}
		if found, err := b.leave(a.ID); err != nil {
			return err
		} else if found {
			b.duplicates++
		}
		byID[a.ID] = w.Len()
		sizes = append(sizes, index.SizeOf(a))
		done += sizes[len(sizes)-1].Text
		b.Progress(Progress{Phase: "read", Done: len(sizes), Bytes: done})
		if err := errors.Join(w.Add(a), b.space.wrote(sizes[len(sizes)-1].Text)); err != nil {
			return err
		}
	}
	var keep []int
	for i, s := range sizes {
		if !replaced[i] {
			keep = append(keep, i)
			b.size.Add(s)
		}
	}
	b.incoming = len(keep)
	if b.all() == 0 {
		return ErrEmpty
	}
	return w.Finish(keep)
}

// all is how many articles the generation has.
func (b *builder) all() int {
	if b.base == nil {
		return b.incoming
	}
	return b.incoming + b.base.there()
}

// leave leaves an article of what is added to out, if it is there.
func (b *builder) leave(id string) (found bool, err error) {
	if b.base == nil {
		return false, nil
	}
	s, found, err := b.base.leave(id)
	if found {
		b.size.Subtract(s)
	}
	return found, err
}
