package source

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// pathMetadata is what the path of a file says about the page in it; each may be
// empty.
type pathMetadata struct{ publication, date, page string }

// oldestYear is that of the first modern newspaper in Chinese, 察世俗每月统记传; smaller
// numbers in a path are not years.
const oldestYear = 1815

var (
	// A day, with its parts separated by folders, hyphens, dots, underscores, 年月日 or
	// nothing: 2022/01/12, 2022-01-12, 202201/12, 20220112, 2022年1月12日.
	dayInPath = regexp.MustCompile(`(\d{4})[-/._年]?(\d{2})[-/._月]?(\d{2})|(\d{4})[-/._年](\d{1,2})[-/._月](\d{1,2})`)

	// A page in the name of a file: p05, page-5, 第5版, A05版.
	pageInName = regexp.MustCompile(
		`(?i)(?:^|[^a-z0-9])(?:p|page)[-_ ]?(\d{1,3})(?:$|[^a-z0-9])|第?((?-i:[A-Z])?\d{1,3})版`,
	)

	// The rest of a file name after the day, if it is only a page: 05, A05.
	barePage = regexp.MustCompile(`^[-_ .]*([A-Z]?\d{1,3})$`)
)

// fromPath reads publication, date and page from a path like
// 人民日报/2022/01/12/05.txt, 新华每日电讯/2022-01-12/p05.txt or rmrb_20220112_05.txt. A
// publication must contain a Chinese character: codes and system folders aren't
// names of newspapers. A bare number is a page only after a day. Years after
// lastYear don't count.
func fromPath(path string, lastYear int) pathMetadata {
	path = filepath.ToSlash(path)
	stem := strings.TrimSuffix(path, "/"+lastPart(path)) + "/" + nameStem(lastPart(path))
	var found pathMetadata
	rest := lastPart(stem)
	if start, end, date := lastDay(stem, lastYear); date != "" {
		found.date = date
		found.publication = publicationBefore(stem[:start])
		rest = lastPart(stem[end:])
		if m := barePage.FindStringSubmatch(rest); m != nil {
			found.page = pageNumber(m[1])
		}
	}
	if m := pageInName.FindStringSubmatch(rest); m != nil {
		found.page = pageNumber(m[1] + m[2])
	}
	return found
}

func lastPart(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// nameStem is the name of a file without its extensions.
func nameStem(name string) string {
	for _, ext := range []string{string(gzip), string(zstd)} {
		name = strings.TrimSuffix(name, ext)
	}
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// lastDay finds the innermost calendar day that is not part of something else.
func lastDay(path string, lastYear int) (start, end int, date string) {
	for at := 0; at < len(path); {
		m := dayInPath.FindStringSubmatchIndex(path[at:])
		if m == nil {
			break
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				i += 3
			}
			return path[at+m[2*i] : at+m[2*i+1]]
		}
		from, to := at+m[0], at+m[1]
		day, err := time.Parse("2006-1-2", part(1)+"-"+part(2)+"-"+part(3))
		if err == nil && day.Year() >= oldestYear && day.Year() <= lastYear && apart(path, from, to) {
			start, end, date = from, to, day.Format(news.DateLayout)
			at = to
			continue
		}
		at = from + 1
	}
	end += len(path[end:]) - len(strings.TrimPrefix(path[end:], "日"))
	return start, end, date
}

// apart reports whether path[from:to] is not part of a longer number nor, in the
// name of a folder, of a word: programs name folders by a word and any digits
// (build19420613). The name of the file itself may contain it (rmrb20220112A05).
func apart(path string, from, to int) bool {
	if digitAt(path, from-1) || digitAt(path, to) {
		return false
	}
	name := strings.LastIndexByte(path, '/') + 1
	return (from >= name || !letterAt(path, from-1)) && (to >= name || !letterAt(path, to))
}

func letterAt(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z')
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// publicationBefore returns the name directly before a day: in the same part of
// the path, else the folder around it. Folders of years are skipped.
func publicationBefore(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range slices.Backward(parts) {
		name := strings.Trim(part, "-_ .")
		switch {
		case name == "" || digitAt(name, 0):
		case strings.IndexFunc(name, textnorm.IsHan) >= 0:
			return name
		case i < len(parts)-1:
			return ""
		}
	}
	return ""
}

// pageNumber is a page as papers count it: 05 is 5; A05 stays as printed.
func pageNumber(s string) string {
	if s == "" || s[0] > '9' {
		return s
	}
	return strings.TrimLeft(s, "0")
}
