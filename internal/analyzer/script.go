package analyzer

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// parseScript returns the Folder of the variants of files.
func parseScript(files []file) (textnorm.Folder, error) {
	variants, err := readVariants(files)
	if err != nil {
		return textnorm.Folder{}, err
	}
	return newFolder(variants, files)
}

// newFolder returns the Folder of variants that were read from files.
func newFolder(variants map[rune]rune, files []file) (textnorm.Folder, error) {
	folder, err := textnorm.NewFolder(variants)
	if err != nil {
		return textnorm.Folder{}, fmt.Errorf("%s: %w", files[0].where, err)
	}
	return folder, nil
}

// readVariants reads OpenCC's tables of characters, in the order of scriptFiles. A
// line has a character, a tab and the characters that are written for it, separated
// by spaces: in the first table simplified ones, in the others those that are usual
// in Hong Kong and in Taiwan. All characters of a class, whatever the context, fold
// to one: a part of a text has to fold as it does in the whole.
func readVariants(files []file) (map[rune]rune, error) {
	c := newVariantClasses()
	for _, f := range files {
		if err := c.read(f); err != nil {
			return nil, err
		}
	}
	return c.table(), nil
}

// read adds a table of OpenCC.
func (c *variantClasses) read(f file) error {
	seen := map[rune]bool{}
	return f.lines(func(line string) error {
		source, targets, _ := strings.Cut(line, "\t")
		from := only(source)
		var to []rune
		for target := range strings.SplitSeq(targets, " ") {
			to = append(to, only(target))
		}
		switch {
		case from == utf8.RuneError || slices.Contains(to, utf8.RuneError):
			return errors.New("want a character, a tab and the characters it may fold to")
		case seen[from]:
			return fmt.Errorf("%c is listed twice", from)
		case !textnorm.IsHan(from) || slices.ContainsFunc(to, func(r rune) bool { return !textnorm.IsHan(r) }):
			return fmt.Errorf("%c folds to %s: want ideographs", from, string(to))
		}
		seen[from] = true
		if f.name == scriptFile {
			c.simplify(from, to)
		} else {
			c.merge(append([]rune{from}, to...)...)
		}
		return nil
	})
}

// only returns the one character that s is, else utf8.RuneError.
func only(s string) rune {
	r, size := utf8.DecodeRuneInString(s)
	if size != len(s) {
		return utf8.RuneError
	}
	return r
}

// NewFolder returns the Folder of the program's own tables, to compare texts
// without an index. The texts of an index are folded by its Analyzer.
func NewFolder() (textnorm.Folder, error) {
	folder, name, err := dictionaries()
	if err != nil {
		return textnorm.Folder{}, err
	}
	return openFolder(folder, name)
}

// openFolder returns the Folder of the tables of a folder of dictionaries.
func openFolder(folder fs.FS, name string) (textnorm.Folder, error) {
	files, err := readScript(folder, name)
	if err != nil {
		return textnorm.Folder{}, err
	}
	return parseScript(files)
}

// readScript reads the tables of a folder of dictionaries.
func readScript(folder fs.FS, name string) ([]file, error) {
	var files []file
	for _, base := range scriptFiles {
		f, err := readFile(folder, name, base)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}
