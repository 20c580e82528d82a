package build

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"strings"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/record"
	"xunwen/internal/segment"
)

// base is the generation that a build adds to.
type base struct {
	*index.Base
	deleted []index.Tombstones // by volume: deleted before, and replaced or removed by this build
}

// current returns the manifest of the generation to add to; nil without Append,
// and before the first generation.
func (b *builder) current(ctx context.Context) (*generation.Manifest, error) {
	if !b.Append {
		return nil, nil
	}
	c, err := b.folder.Current()
	if errors.Is(err, generation.ErrNone) {
		names, listing := b.folder.Names()
		if listing == nil && len(names) == 0 {
			return nil, nil // the first build
		}
		return nil, errors.Join(err, listing,
			fmt.Errorf("it has %d generations: restore %s, or build without --append", len(names),
				generation.CurrentFile))
	}
	if err != nil {
		return nil, err
	}
	m, _, err := index.ReadManifest(b.folder, c)
	if err == nil {
		err = b.checkFiles(ctx, m)
	}
	if err != nil {
		return nil, fmt.Errorf("adding to the current generation: %w", err)
	}
	return m, nil
}

// adviseOnDamage says what to do about damage of the base, which any stage may meet.
func adviseOnDamage(err error) error {
	if errors.Is(err, generation.ErrDamaged) || errors.Is(err, segment.ErrDamaged) {
		return fmt.Errorf("%w: roll back to a sound generation, or build without --append", err)
	}
	return err
}

// checkFiles checks the files of the base, except segments, which are checked block by block when
// they are read. So no damage is copied that would get a valid checksum, and no new generation has
// damaged texts; segments that are only linked keep the checksum that they have.
func (b *builder) checkFiles(ctx context.Context, m *generation.Manifest) error {
	guard, err := b.folder.Guard(ctx, m, nil, func(file string) bool {
		return index.CheckedWhenRead(file) && path.Base(file) != record.File
	})
	if err != nil {
		return err
	}
	return guard.Close()
}

// installDictionaries writes the dictionaries to dir. An index that is added to
// keeps those that no new file replaces: with a new user dictionary it keeps its
// synonyms, otherwise also the dictionaries that segmented its texts.
func (b *builder) installDictionaries(dir string, current *generation.Manifest) error {
	before := "" // the dictionaries of the base
	if current != nil {
		before = filepath.Join(b.folder.Dir(current.Generation), index.AnalyzerDir)
	}
	var err error
	switch {
	case before != "" && b.UserDict == "":
		err = b.shareDictionaries(current)
	case before != "":
		err = errors.Join(b.installNew(dir), analyzer.CopySynonyms(before, dir))
	default:
		err = b.installNew(dir)
	}
	if err == nil && len(b.Synonyms) > 0 {
		err = analyzer.InstallSynonyms(dir, b.Synonyms...)
	}
	return err
}

// installNew installs the dictionaries of the options, or the program's own.
func (b *builder) installNew(dir string) error {
	if b.Dictionaries != nil {
		return analyzer.InstallFrom(b.Dictionaries, dir, b.UserDict)
	}
	return analyzer.Install(dir, b.UserDict)
}

// shareDictionaries links the analyzer's files, except those that will be
// replaced: a linked file must not be written to.
func (b *builder) shareDictionaries(current *generation.Manifest) error {
	for _, file := range current.Files {
		name, ok := strings.CutPrefix(file.Path, index.AnalyzerDir+"/")
		if !ok || len(b.Synonyms) > 0 && name == analyzer.SynonymsFile {
			continue
		}
		if err := b.draft.Link(current.Generation, file, file.Path); err != nil {
			return err
		}
	}
	return nil
}

func openBase(path string, m *generation.Manifest) (*base, error) {
	s, err := index.ReadSettings(m)
	if err != nil {
		return nil, err
	}
	opened, err := index.OpenBase(path, m, s)
	if err != nil {
		return nil, err
	}
	b := &base{Base: opened}
	for _, v := range b.Records.Volumes {
		deleted := index.Tombstones{}
		maps.Copy(deleted, v.Deleted)
		b.deleted = append(b.deleted, deleted)
	}
	return b, nil
}

// location is where a volume has an article.
type location struct{ volume, number int }

// article returns the article that the base has with an id, nil for none. It
// makes no difference whether this build deletes it.
func (b *base) article(id string) (*news.Article, location, error) {
	volume, number, ok, err := b.Find(id)
	if err != nil || !ok {
		return nil, location{}, err
	}
	a, err := b.Records.Volumes[volume].Article(number)
	return &a, location{volume, number}, err
}

// markDeleted excludes an article from the new generation, and reports whether
// it was not excluded before.
func (b *base) markDeleted(at location) bool {
	if b.deleted[at.volume].Has(at.number) {
		return false
	}
	b.deleted[at.volume][at.number] = true
	return true
}

// counts returns, by volume, how many articles stay and how many are deleted.
func (b *base) counts() (alive, deleted []int) {
	for i, v := range b.Records.Volumes {
		deleted = append(deleted, len(b.deleted[i]))
		alive = append(alive, v.Articles-len(b.deleted[i]))
	}
	return alive, deleted
}

// alive returns how many articles stay.
func (b *base) alive() int {
	n := 0
	for i, v := range b.Records.Volumes {
		n += v.Articles - len(b.deleted[i])
	}
	return n
}
