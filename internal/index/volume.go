package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"sort"

	"xunwen/internal/news"
	"xunwen/internal/record"
	"xunwen/internal/textnorm"
)

// VolumesDir has the volumes of a generation, each in a folder of its name.
const VolumesDir = "volumes"

// VolumeInfo describes a volume in a manifest.
type VolumeInfo struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"` // including deleted ones
}

// Dir returns the folder of the volume in that of a generation.
func (v VolumeInfo) Dir(generation string) string {
	return filepath.Join(generation, VolumesDir, v.Name)
}

// check returns an error for impossible values.
func (v VolumeInfo) check() error {
	if !filepath.IsLocal(v.Name) || filepath.Base(v.Name) != v.Name || v.Articles < 1 {
		return fmt.Errorf("volume %q has impossible counts", v.Name)
	}
	return nil
}

// Volume is a set of articles that were indexed together, open for reading. Its
// files never change: later generations share them and have their own tombstones.
// The articles of a generation are numbered volume after volume.
type Volume struct {
	VolumeInfo
	columns volumeColumns // until the generation has its own
	Records *record.Store
	Deleted Tombstones
}

// OpenVolume opens a volume of the generation in a folder.
func OpenVolume(generation string, info VolumeInfo, deleted Tombstones) (*Volume, error) {
	dir := info.Dir(generation)
	columns, err := readColumns(filepath.Join(dir, ColumnsFile), info.Articles)
	if err != nil {
		return nil, err
	}
	records, err := record.Open(filepath.Join(dir, RecordsDir))
	if err != nil {
		return nil, err
	}
	if records.Len() != info.Articles {
		err := fmt.Errorf("%s has %d records, the manifest says %d", dir, records.Len(), info.Articles)
		return nil, errors.Join(err, records.Close())
	}
	return &Volume{VolumeInfo: info, columns: columns, Records: records, Deleted: deleted}, nil
}

// Alive lists the articles that are not deleted, by their numbers in the volume.
func (v *Volume) Alive() []uint32 {
	out := make([]uint32, 0, v.Articles-len(v.Deleted))
	from := 0
	for _, deleted := range append(v.Deleted.Sorted(), v.Articles) {
		for i := from; i < deleted; i++ {
			out = append(out, uint32(i))
		}
		from = deleted + 1
	}
	return out
}

// Article reads an article by its number in the volume. Damage is generation.ErrDamaged, wrapped.
func (v *Volume) Article(number int) (news.Article, error) {
	a, err := v.Records.Get(number)
	return a, damage(err)
}

// ArticleColumns returns the columns of an article by its number in the volume. The volumes of
// Files have none.
func (v *Volume) ArticleColumns(number int) ArticleColumns { return v.columns.article(number) }

// Library reads the articles of volumes by their numbers in the generation. It
// implements engine.Records.
type Library struct {
	Volumes []*Volume
	starts  []int      // by volume, the number of its first article; one more entry at the end
	alive   [][]uint32 // by volume; nil if none is deleted

	folder textnorm.Folder
	loose  []func() (looseCode, error) // by volume
}

// NewLibrary returns a Library of volumes.
func NewLibrary(volumes []*Volume) *Library {
	l := &Library{Volumes: volumes, starts: []int{0}, alive: make([][]uint32, len(volumes))}
	for i, v := range volumes {
		if len(v.Deleted) > 0 {
			l.alive[i] = v.Alive()
		}
		l.starts = append(l.starts, l.starts[i]+v.Articles-len(v.Deleted))
	}
	return l
}

// Len returns the number of articles.
func (l *Library) Len() int { return l.starts[len(l.Volumes)] }

// Find returns the volume of an article and its number in the volume.
func (l *Library) Find(article int) (volume, number int, err error) {
	if article < 0 || article >= l.Len() {
		return 0, 0, fmt.Errorf("article %d of %d does not exist", article, l.Len())
	}
	volume = sort.SearchInts(l.starts, article+1) - 1
	number = article - l.starts[volume]
	if alive := l.alive[volume]; alive != nil {
		number = int(alive[number])
	}
	return volume, number, nil
}

// Get implements engine.Records.
func (l *Library) Get(article int) (news.Article, error) {
	volume, number, err := l.Find(article)
	if err != nil {
		return news.Article{}, err
	}
	return l.Volumes[volume].Article(number)
}

// Close closes the files.
func (l *Library) Close() error {
	var errs []error
	for _, v := range l.Volumes {
		errs = append(errs, v.Records.Close())
	}
	return errors.Join(errs...)
}
