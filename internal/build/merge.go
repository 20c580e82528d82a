package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"xunwen/internal/index"
	"xunwen/internal/record"
)

// makeVolumes makes the volumes of the generation, shared ones and new ones.
func (b *builder) makeVolumes(ctx context.Context) error {
	var there, without []int
	if b.base != nil {
		there, without = b.base.counts()
	}
	volumes := plan(there, without, b.incoming, b.again())
	progress := &counter{show: b.Progress}
	for _, p := range volumes {
		for _, i := range p.from {
			progress.total += there[i]
		}
		if p.incoming {
			progress.total += b.incoming
		}
	}
	for i, p := range volumes {
		if p.from == nil {
			if err := b.share(p.shared); err != nil {
				return fmt.Errorf("sharing a volume: %w", err)
			}
			continue
		}
		if err := b.makeVolume(ctx, fmt.Sprintf("%s.%d", b.draft.Name, i), p, progress); err != nil {
			return err
		}
	}
	return os.RemoveAll(filepath.Join(b.dir, incomingDir))
}

// again tells that the texts of the base were cut with other dictionaries, so
// that nothing made of them can be used.
func (b *builder) again() bool {
	return b.base != nil && b.base.Settings.Cuts != b.words.SegmentationFingerprint()
}

// share takes over a volume of the base as it is.
func (b *builder) share(number int) error {
	v := b.base.Records.Volumes[number]
	for _, file := range b.base.Manifest.Files {
		if strings.HasPrefix(file.Path, index.VolumesDir+"/"+v.Name+"/") {
			if err := b.draft.Link(b.base.Manifest.Generation, file, file.Path); err != nil {
				return err
			}
		}
	}
	shared, err := index.OpenVolume(b.dir, v.VolumeInfo, b.base.leaving[number])
	if err != nil {
		return err
	}
	b.volumes = append(b.volumes, shared)
	return nil
}

// makeVolume indexes articles of the base and those that were read.
func (b *builder) makeVolume(ctx context.Context, name string, p planned, progress *counter) error {
	info := index.VolumeInfo{Name: name}
	dir := info.Dir(b.dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := b.gather(ctx, filepath.Join(dir, index.RecordsDir), p); err != nil {
		return err
	}
	v := &volumeBuilder{dir: dir, tmp: b.dir, words: b.words, progress: progress, space: b.space}
	if err := v.build(ctx); err != nil {
		return err
	}
	info.Articles, info.Shards = len(v.columns), v.shards
	made, err := index.OpenVolume(b.dir, info, nil)
	if err != nil {
		return err
	}
	b.volumes = append(b.volumes, made)
	return nil
}

// gather brings the records of a new volume into dir.
func (b *builder) gather(ctx context.Context, dir string, p planned) error {
	incoming := filepath.Join(b.dir, incomingDir)
	if len(p.from) == 0 {
		return os.Rename(incoming, dir)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	w, err := record.Create(dir)
	if err != nil {
		return err
	}
	defer w.Close() // after Finish this does nothing
	for _, i := range p.from {
		v := b.base.Records.Volumes[i]
		left := index.Volume{VolumeInfo: v.VolumeInfo, Deleted: b.base.leaving[i]}
		if err := copyRecords(ctx, w, v.Records, left.Alive()); err != nil {
			return err
		}
	}
	if p.incoming {
		store, err := record.Open(incoming)
		if err != nil {
			return err
		}
		defer store.Close() // read only
		all := index.Volume{VolumeInfo: index.VolumeInfo{Articles: store.Len()}}
		if err := copyRecords(ctx, w, store, all.Alive()); err != nil {
			return err
		}
	}
	keep := make([]int, w.Len())
	for i := range keep {
		keep[i] = i
	}
	return w.Finish(keep)
}

func copyRecords(ctx context.Context, w *record.Writer, from *record.Store, numbers []uint32) error {
	for _, i := range numbers {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := from.Get(int(i))
		if err != nil {
			return err
		}
		if err := w.Add(&a); err != nil {
			return err
		}
	}
	return nil
}
