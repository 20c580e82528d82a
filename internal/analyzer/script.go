package analyzer

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// parseScript reads OpenCC's table of characters. A line has a traditional
// character, a tab and the simplified ones that it may stand for, separated by
// spaces. It always folds to the first of those, whatever the context: a part of
// a text has to fold as it does in the whole.
func parseScript(f file) (textnorm.Folder, error) {
	table := make(map[rune]rune)
	err := f.lines(func(line string) error {
		source, targets, _ := strings.Cut(line, "\t")
		target, _, _ := strings.Cut(targets, " ")
		from, to := only(source), only(target)
		switch _, twice := table[from]; {
		case from == utf8.RuneError || to == utf8.RuneError:
			return errors.New("want a character, a tab and the characters it may fold to")
		case twice:
			return fmt.Errorf("%c is listed twice", from)
		}
		table[from] = to
		return nil
	})
	if err != nil {
		return textnorm.Folder{}, err
	}
	folder, err := textnorm.NewFolder(table)
	if err != nil {
		return textnorm.Folder{}, fmt.Errorf("%s: %w", f.where, err)
	}
	return folder, nil
}

// only returns the one character that s is, else utf8.RuneError.
func only(s string) rune {
	r, size := utf8.DecodeRuneInString(s)
	if size != len(s) {
		return utf8.RuneError
	}
	return r
}

// NewFolder returns the Folder of the program's own table, to compare texts
// without an index. The texts of an index are folded by its Analyzer.
func NewFolder() (textnorm.Folder, error) {
	folder, name, err := dictionaries()
	if err != nil {
		return textnorm.Folder{}, err
	}
	return openFolder(folder, name)
}
