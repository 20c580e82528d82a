package build

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"strings"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/index"
)

// current returns what is to be added to; nil where nothing is, or where no
// generation is published yet.
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
			fmt.Errorf("%d generations are there: put %s back, or build without adding", len(names), generation.CurrentFile))
	}
	if err != nil {
		return nil, err
	}
	m, _, err := index.ReadManifest(b.folder, c)
	if err == nil {
		err = b.sound(ctx, m)
	}
	if errors.Is(err, generation.ErrDamaged) {
		err = fmt.Errorf("%w: roll back to a generation that is sound, or build without adding", err)
	}
	if err != nil {
		return nil, fmt.Errorf("adding to the current generation: %w", err)
	}
	return m, nil
}

// sound checks every file of what is added to: much of it is read and written
// again, and damage that was taken over would have a checksum of its own.
func (b *builder) sound(ctx context.Context, m *generation.Manifest) error {
	seal, err := b.folder.Seal(ctx, m, nil)
	if err != nil {
		return err
	}
	return seal.Close()
}

// install brings the dictionaries. An index that is added to keeps what no new
// file was given for: with a new user dictionary its synonyms, else also the
// dictionaries that it was cut with.
func (b *builder) install(dir string, current *generation.Manifest) error {
	before := "" // the dictionaries of what is added to
	if current != nil {
		before = filepath.Join(b.folder.Dir(current.Generation), index.AnalyzerDir)
	}
	var err error
	switch {
	case before != "" && b.UserDict == "":
		err = b.shareDictionaries(current)
	case before != "":
		err = errors.Join(b.installAnew(dir), analyzer.CopySynonyms(before, dir))
	default:
		err = b.installAnew(dir)
	}
	if err == nil && b.Synonyms != "" {
		err = analyzer.InstallSynonyms(dir, b.Synonyms)
	}
	return err
}

// installAnew brings the dictionaries that were given, or the program's own.
func (b *builder) installAnew(dir string) error {
	if b.Dictionaries != nil {
		return analyzer.InstallFrom(b.Dictionaries, dir, b.UserDict)
	}
	return analyzer.Install(dir, b.UserDict)
}

// shareDictionaries takes over the files of the analyzer but those that are
// given anew: what is linked must not be written to.
func (b *builder) shareDictionaries(current *generation.Manifest) error {
	for _, file := range current.Files {
		name, ok := strings.CutPrefix(file.Path, index.AnalyzerDir+"/")
		if !ok || b.Synonyms != "" && name == analyzer.SynonymsFile {
			continue
		}
		if err := b.draft.Link(current.Generation, file, file.Path); err != nil {
			return err
		}
	}
	return nil
}

// base is the generation that a build adds to.
type base struct {
	*index.Generation
	leaving []index.Tombstones // by volume: those gone before, and those that the build replaces or removes
}

func openBase(path string, m *generation.Manifest, words *analyzer.Analyzer) (*base, error) {
	s, err := index.ReadSettings(m)
	if err != nil {
		return nil, err
	}
	g, err := index.OpenFiles(path, m, s, words, 0)
	if err != nil {
		return nil, err
	}
	b := &base{Generation: g}
	for _, v := range g.Records.Volumes {
		left := index.Tombstones{}
		maps.Copy(left, v.Deleted)
		b.leaving = append(b.leaving, left)
	}
	return b, nil
}

// leave leaves the article with an id out; found is false where there is none,
// or it was left out before. It returns its size.
func (b *base) leave(id string) (s index.Size, found bool, err error) {
	docs, err := b.Postings.Documents(engine.ArticleID, id)
	if err != nil || docs.IsEmpty() {
		return index.Size{}, false, err
	}
	volume, number, err := b.Records.Find(int(b.Columns.Article[docs.Minimum()]))
	if err != nil {
		return index.Size{}, false, err
	}
	if b.leaving[volume].Has(number) {
		return index.Size{}, false, nil
	}
	a, err := b.Records.Volumes[volume].Records.Get(number)
	if err != nil {
		return index.Size{}, false, err
	}
	b.leaving[volume][number] = true
	return index.SizeOf(&a), true, nil
}

// counts returns by volume how many articles are left and how many are not.
func (b *base) counts() (there, without []int) {
	for i, v := range b.Records.Volumes {
		without = append(without, len(b.leaving[i]))
		there = append(there, v.Articles-len(b.leaving[i]))
	}
	return there, without
}

// there is how many articles are left.
func (b *base) there() int {
	n := 0
	for i, v := range b.Records.Volumes {
		n += v.Articles - len(b.leaving[i])
	}
	return n
}
