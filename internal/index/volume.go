package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"sort"

	"xunwen/internal/news"
	"xunwen/internal/record"
)

// MaxShards bounds the shards of a volume: each keeps one core busy while it is
// built and costs every query a look into one more segment.
const MaxShards = 2

// VolumesDir holds the volumes of a generation, each in a folder of its name.
const VolumesDir = "volumes"

// VolumeInfo is what a manifest says of a volume.
type VolumeInfo struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"` // that it was built with; the catalog says which of them are there
	Shards   int    `json:"shards"`
}

func (v VolumeInfo) Dir(generation string) string {
	return filepath.Join(generation, VolumesDir, v.Name)
}

// check tells what can't be true.
func (v VolumeInfo) check() error {
	if !filepath.IsLocal(v.Name) || filepath.Base(v.Name) != v.Name || v.Articles < 1 || v.Shards < 1 || v.Shards > MaxShards {
		return fmt.Errorf("volume %q has impossible counts", v.Name)
	}
	return nil
}

// Volume is articles that were indexed together, open for reading. A Volume is
// never altered: later generations share its files and say which of its
// articles are gone. A generation's articles are numbered Volume after Volume.
type Volume struct {
	VolumeInfo
	columns []ArticleColumns // until the generation's are made of them
	Records *record.Store
	Deleted Tombstones
}

func OpenVolume(generation string, info VolumeInfo, without Tombstones) (*Volume, error) {
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
		err := fmt.Errorf("%s holds %d records, the manifest says %d", dir, records.Len(), info.Articles)
		return nil, errors.Join(err, records.Close())
	}
	return &Volume{VolumeInfo: info, columns: columns, Records: records, Deleted: without}, nil
}

// Alive lists the volume's own numbers of the articles that are there.
func (v *Volume) Alive() []uint32 {
	out := make([]uint32, 0, v.Articles-len(v.Deleted))
	for i := range v.Articles {
		if !v.Deleted.Has(i) {
			out = append(out, uint32(i))
		}
	}
	return out
}

// Library gives the articles of volumes by the generation's numbers. It
// implements engine.Records.
type Library struct {
	Volumes []*Volume
	starts  []int      // by volume, the number of its first article; one more entry at the end
	live    [][]uint32 // by volume; nil where all are there
}

func NewLibrary(volumes []*Volume) *Library {
	l := &Library{Volumes: volumes, starts: []int{0}, live: make([][]uint32, len(volumes))}
	for i, v := range volumes {
		if len(v.Deleted) > 0 {
			l.live[i] = v.Alive()
		}
		l.starts = append(l.starts, l.starts[i]+v.Articles-len(v.Deleted))
	}
	return l
}

// Len returns the number of articles.
func (l *Library) Len() int { return l.starts[len(l.Volumes)] }

// Find returns the volume of an article and its number there.
func (l *Library) Find(article int) (volume, number int, err error) {
	if article < 0 || article >= l.Len() {
		return 0, 0, fmt.Errorf("article %d of %d does not exist", article, l.Len())
	}
	volume = sort.SearchInts(l.starts, article+1) - 1
	number = article - l.starts[volume]
	if live := l.live[volume]; live != nil {
		number = int(live[number])
	}
	return volume, number, nil
}

// Get implements engine.Records.
func (l *Library) Get(article int) (news.Article, error) {
	volume, number, err := l.Find(article)
	if err != nil {
		return news.Article{}, err
	}
	return l.Volumes[volume].Records.Get(number)
}

// Close gives the files back.
func (l *Library) Close() error {
	var errs []error
	for _, v := range l.Volumes {
		errs = append(errs, v.Records.Close())
	}
	return errors.Join(errs...)
}
