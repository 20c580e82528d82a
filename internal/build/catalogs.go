package build

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/index"
)

// writeCatalogs writes the tombstones and the groups of near-duplicates, and at the same time
// merges what posting lists are left and writes the lexicon: stages of both use one core only.
// The lexicon is what takes longest: with few cores, groups wait until runs of words are counted.
func (b *builder) writeCatalogs(ctx context.Context, articles *index.Library) (index.Settings, error) {
	s := index.Settings{Segmentation: b.words.SegmentationFingerprint()}
	var deleted []index.Tombstones
	for _, v := range b.volumes {
		s.Volumes, deleted = append(s.Volumes, v.VolumeInfo), append(deleted, v.Deleted)
	}
	counted := make(chan struct{})
	count := sync.OnceFunc(func() { close(counted) })
	if runtime.GOMAXPROCS(0) >= catalogCores {
		count()
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		<-counted
		groups, err := b.groupNearDuplicates(ctx, articles)
		if err != nil {
			return err
		}
		return index.WriteCatalog(filepath.Join(b.dir, index.CatalogFile), deleted, groups)
	})
	g.Go(func() error {
		defer count()
		if err := b.writeLexicon(ctx, s, count); err != nil {
			return fmt.Errorf("lexicon: %w", err)
		}
		return nil
	})
	return s, g.Wait()
}

// catalogCores is how many cores writeCatalogs keeps busy when nothing waits: two merge, one
// counts runs of words, and one groups.
const catalogCores = 4
