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
	var alive, deleted []int
	if b.base != nil {
		alive, deleted = b.base.counts()
	}
	volumes := planVolumes(alive, deleted, b.incoming, b.rebuildAll())
	progress := &counter{show: b.Progress}
	articles := make([]int, len(volumes))
	for k, p := range volumes {
		for _, i := range p.from {
			articles[k] += alive[i]
		}
		if p.incoming {
			articles[k] += b.incoming
		}
		progress.total += articles[k]
	}
	byLists := b.byLists(volumes, articles)
	for i, p := range volumes {
		if p.from == nil {
			if err := b.shareVolume(p.shared); err != nil {
				return fmt.Errorf("sharing a volume: %w", err)
			}
			continue
		}
		if err := b.makeVolume(ctx, fmt.Sprintf("%s.%d", b.draft.Name, i), p, byLists[i], progress); err != nil {
			return err
		}
	}
	return os.RemoveAll(filepath.Join(b.dir, incomingDir))
}

// rebuildAll reports whether other dictionaries segmented the texts of the
// base, so that nothing made of them can be used.
func (b *builder) rebuildAll() bool {
	return b.base != nil && b.base.Settings.Segmentation != b.words.SegmentationFingerprint()
}

// shareVolume links a volume of the base.
func (b *builder) shareVolume(number int) error {
	v := b.base.Records.Volumes[number]
	for _, file := range b.base.Manifest.Files {
		if strings.HasPrefix(file.Path, index.VolumesDir+"/"+v.Name+"/") {
			if err := b.draft.Link(b.base.Manifest.Generation, file, file.Path); err != nil {
				return err
			}
		}
	}
	shared, err := index.OpenVolume(b.dir, v.VolumeInfo, b.base.deleted[number])
	if err != nil {
		return err
	}
	b.volumes = append(b.volumes, shared)
	return nil
}

// makeVolume indexes articles of the base and those that were read.
func (b *builder) makeVolume(
	ctx context.Context, name string, p plannedVolume, byLists bool, progress *counter,
) error {
	if err := b.mergeLast(ctx); err != nil {
		return err
	}
	sequence, err := b.sequenceOf(p)
	if err != nil {
		return err
	}
	info := index.VolumeInfo{Name: name, Articles: len(sequence)}
	dir := info.Dir(b.dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := b.collectRecords(ctx, filepath.Join(dir, index.RecordsDir), p); err != nil {
		return err
	}
	v := &volumeBuilder{
		dir: dir, memory: postingsMemory(b.Memory), words: b.words, progress: progress, disk: b.disk,
		sequence: sequence,
	}
	if byLists {
		j, err := b.joinVolumes(ctx, v, p)
		if err != nil {
			return err
		}
		j.VolumeInfo = info
		b.joined = append(b.joined, j)
		b.joinedFrom = append(b.joinedFrom, p.from...)
	} else {
		b.unmerged = v
		if err := v.analyze(ctx); err != nil {
			return err
		}
	}
	for _, m := range v.mined {
		b.mined.Merge(m)
	}
	made, err := index.OpenVolume(b.dir, info, nil)
	if err != nil {
		return err
	}
	b.volumes = append(b.volumes, made)
	return nil
}

// mergeLast merges the posting lists of the last volume if that was not done: merging needs less
// than two cores, so there is other work beside it if no volume follows.
func (b *builder) mergeLast(ctx context.Context) error {
	v := b.unmerged
	b.unmerged = nil
	if v == nil {
		return nil
	}
	return v.merge(ctx)
}

// collectRecords writes the records of a new volume to dir.
func (b *builder) collectRecords(ctx context.Context, dir string, p plannedVolume) error {
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
		left := index.Volume{VolumeInfo: v.VolumeInfo, Deleted: b.base.deleted[i]}
		if err := copyRecords(ctx, w, v, left.Alive()); err != nil {
			return err
		}
	}
	if p.incoming {
		store, err := record.Open(incoming)
		if err != nil {
			return err
		}
		defer store.Close() // read only
		all := index.Volume{VolumeInfo: index.VolumeInfo{Articles: store.Len()}, Records: store}
		if err := copyRecords(ctx, w, &all, all.Alive()); err != nil {
			return err
		}
	}
	keep := make([]int, w.Len())
	for i := range keep {
		keep[i] = i
	}
	return w.Finish(keep)
}

func copyRecords(ctx context.Context, w *record.Writer, from *index.Volume, numbers []uint32) error {
	for _, i := range numbers {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := from.Article(int(i))
		if err != nil {
			return err
		}
		if err := w.Add(&a); err != nil {
			return err
		}
	}
	return nil
}
