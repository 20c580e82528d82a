package build

import (
	"errors"
	"fmt"
	"log/slog"
)

// ErrMemory says that so many articles don't fit into the memory of a build.
var ErrMemory = errors.New("too little memory")

const (
	// articleMemory is what an article takes in bytes until its generation is
	// published, however long it is: its signature and columns while it is
	// indexed, then its part in the search for copies. Measured over a million.
	articleMemory = 300
	// articlesShare is the part of a build's memory that this may be. The rest is
	// for texts that are cut, for segments that are merged and for dictionaries.
	articlesShare = 2
)

// fits returns ErrMemory, wrapped, where more articles are to be indexed than
// the build's memory is for, and warns where nine tenths of it are taken.
func (o *Options) fits(articles int) error {
	if o.Memory <= 0 {
		return nil
	}
	need := int64(articles) * articleMemory * articlesShare
	if need > o.Memory {
		return fmt.Errorf("%w: %d articles take %s, --memory is %s: pass %s or more", ErrMemory, articles, megabytes(need), megabytes(o.Memory), megabytes(need))
	}
	if need > o.Memory/10*9 {
		o.Log.Warn("soon there are more articles than --memory is for", slog.Int("articles", articles), slog.String("memory", megabytes(o.Memory)))
	}
	return nil
}
