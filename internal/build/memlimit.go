package build

import (
	"errors"
	"fmt"
)

// ErrMemory means that a build has more articles than its memory is enough for.
var ErrMemory = errors.New("too little memory")

const (
	// articleMemory is the memory of an article in bytes until its generation is
	// published, however long it is: its signature and columns during indexing, then
	// its part in the search for near-duplicates. Measured over a million articles.
	articleMemory = 300
	// articlesPart is the part of a build's memory for this: one half. The other is
	// for texts that are segmented, for merges and for dictionaries.
	articlesPart = 2
	// warnTenths is the share of that part, in tenths, from which there is a
	// warning.
	warnTenths = 9
)

// holdsInMemory returns ErrMemory, wrapped, when there are more articles than the
// build's memory is enough for.
func (o *Options) holdsInMemory(articles int) error {
	need := memoryFor(articles)
	if o.Memory <= 0 || need <= o.Memory {
		return nil
	}
	return fmt.Errorf("%w: %d articles take %s, --memory is %s: pass %s or more",
		ErrMemory, articles, megabytes(need), megabytes(o.Memory), megabytes(need))
}

// MostArticles returns how many articles a build with so much memory can have, 0 for no bound.
func MostArticles(memory int64) int { return int(memory / (articleMemory * articlesPart)) }

func memoryFor(articles int) int64 { return int64(articles) * articleMemory * articlesPart }

// fitsMemory is holdsInMemory, and logs a warning shortly before.
func (o *Options) fitsMemory(articles int) error {
	if o.Memory <= 0 {
		return nil
	}
	if err := o.holdsInMemory(articles); err != nil {
		return err
	}
	if memoryFor(articles) > o.Memory/10*warnTenths {
		o.Log.Warn("--memory is almost too small for the articles", "articles", articles, "memory", megabytes(o.Memory))
	}
	return nil
}
