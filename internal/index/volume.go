package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"sort"

	"xunwen/internal/news"
	"xunwen/internal/record"
)

// volumesDir holds the volumes of a generation, each in a folder of its name.
const volumesDir = "volumes"

// volumeInfo is what a manifest says of a volume.
type volumeInfo struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"` // that it was built with; the catalog says which of them are there
	Shards   int    `json:"shards"`
}

func (v volumeInfo) dir(generation string) string {
	return filepath.Join(generation, volumesDir, v.Name)
}

// check tells what can't be true.
func (v volumeInfo) check() error {
	if !filepath.IsLocal(v.Name) || filepath.Base(v.Name) != v.Name || v.Articles < 1 || v.Shards < 1 || v.Shards > maxShards {
		return fmt.Errorf("volume %q has impossible counts", v.Name)
	}
	return nil
}

// volume is articles that were indexed together, open for reading. A volume is
// never altered: later generations share its files and say which of its
// articles are gone. A generation's articles are numbered volume after volume.
type volume struct {
	volumeInfo
	columns []articleColumns // until the generation's are made of them
	records *record.Store
	gone    gone
}

func openVolume(generation string, info volumeInfo, without gone) (*volume, error) {
	dir := info.dir(generation)
	columns, err := readColumns(filepath.Join(dir, columnsFile), info.Articles)
	if err != nil {
		return nil, err
	}
	records, err := record.Open(filepath.Join(dir, recordsDir))
	if err != nil {
		return nil, err
	}
	if records.Len() != info.Articles {
		err := fmt.Errorf("%s holds %d records, the manifest says %d", dir, records.Len(), info.Articles)
		return nil, errors.Join(err, records.Close())
	}
	return &volume{volumeInfo: info, columns: columns, records: records, gone: without}, nil
}

// live lists the volume's own numbers of the articles that are there.
func (v *volume) live() []uint32 {
	out := make([]uint32, 0, v.Articles-len(v.gone))
	for i := range v.Articles {
		if !v.gone.has(i) {
			out = append(out, uint32(i))
		}
	}
	return out
}

// library gives the articles of volumes by the generation's numbers. It
// implements engine.Records.
type library struct {
	volumes []*volume
	starts  []int      // by volume, the number of its first article; one more entry at the end
	live    [][]uint32 // by volume; nil where all are there
}

func newLibrary(volumes []*volume) *library {
	l := &library{volumes: volumes, starts: []int{0}, live: make([][]uint32, len(volumes))}
	for i, v := range volumes {
		if len(v.gone) > 0 {
			l.live[i] = v.live()
		}
		l.starts = append(l.starts, l.starts[i]+v.Articles-len(v.gone))
	}
	return l
}

// Len returns the number of articles.
func (l *library) Len() int { return l.starts[len(l.volumes)] }

// find returns the volume of an article and its number there.
func (l *library) find(article int) (volume, number int, err error) {
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
func (l *library) Get(article int) (news.Article, error) {
	volume, number, err := l.find(article)
	if err != nil {
		return news.Article{}, err
	}
	return l.volumes[volume].records.Get(number)
}

// Close gives the files back.
func (l *library) Close() error {
	var errs []error
	for _, v := range l.volumes {
		errs = append(errs, v.records.Close())
	}
	return errors.Join(errs...)
}
