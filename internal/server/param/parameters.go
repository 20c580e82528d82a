package param

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// ArticleID returns the id in the path. It can contain anything, percent-encoded, even a
// slash.
func ArticleID(c *gin.Context) (string, error) {
	id, err := url.PathUnescape(c.Param("id"))
	if err != nil || id == "" {
		return "", search.ErrNotFound
	}
	return id, nil
}

// Values decodes a request's query string strictly: ignoring what can't be decoded
// would silently change the request.
func Values(c *gin.Context) (url.Values, error) {
	values, err := url.ParseQuery(c.Request.URL.RawQuery)
	if err != nil {
		detail := fmt.Sprintf("the query string is invalid: percent-encode names and values (%v)", err)
		return nil, problem.BadValue("", detail,
			func(w *wording.Words) string { return w.Problems.BadEncoding })
	}
	if err := checkUTF8(values); err != nil {
		return nil, err
	}
	return values, nil
}

func checkUTF8(values url.Values) error {
	for _, name := range sortedNames(values) {
		for _, v := range append([]string{name}, values[name]...) {
			if !utf8.ValidString(v) {
				return problem.BadValue(strings.ToValidUTF8(name, "\uFFFD"),
					"not UTF-8: percent-encode parameters as UTF-8, not as GBK",
					func(w *wording.Words) string { return w.Problems.NotUTF8 })
			}
		}
	}
	return nil
}

// KnownValues decodes a program's parameters and rejects unknown ones: a misspelt filter
// must not be ignored.
func KnownValues(c *gin.Context, known []string) (url.Values, error) {
	values, err := Values(c)
	if err != nil {
		return nil, err
	}
	if err := checkKnown(values, known); err != nil {
		return nil, err
	}
	return values, nil
}

// checkKnown rejects parameters that aren't known.
func checkKnown(values url.Values, known []string) error {
	for _, name := range sortedNames(values) {
		if !slices.Contains(known, name) {
			expected := "there are none"
			if len(known) > 0 {
				expected = "known: " + strings.Join(known, ", ")
			}
			return problem.BadValue(name, fmt.Sprintf("%s: no such parameter here (%s)", name, expected), nil)
		}
	}
	return nil
}

func sortedNames(values url.Values) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// OnlyOnce rejects a second value of parameters that take one.
func OnlyOnce(values url.Values, names []string) error {
	for _, name := range names {
		if len(values[name]) > 1 {
			return problem.BadValue(name, name+": given more than once",
				func(w *wording.Words) string { return w.GivenTwice(name) })
		}
	}
	return nil
}

// OneOf reads a choice; the first is the default.
func OneOf[T ~string](name, value string, choices ...T) (T, error) {
	if value == "" {
		return choices[0], nil
	}
	if slices.Contains(choices, T(value)) {
		return T(value), nil
	}
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = string(c)
	}
	return choices[0], problem.BadValue(name,
		fmt.Sprintf("%s: %q is not one of %s", name, value, strings.Join(names, ", ")),
		func(w *wording.Words) string { return w.NotAChoice(name, names) })
}

// readSwitch reads 1 or 0; preset is the default.
func readSwitch(name, value string, preset bool) (bool, error) {
	choices := []string{"0", "1"}
	if preset {
		slices.Reverse(choices)
	}
	chosen, err := OneOf(name, value, choices...)
	return chosen == "1", err
}

// ReadSize reads the maximum number of hits.
func ReadSize(value string) (int, error) {
	if value == "" {
		return DefaultSize, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > search.MaxSize {
		return DefaultSize, problem.BadValue("size",
			fmt.Sprintf("size: %q is not a number from 1 to %d", value, search.MaxSize),
			func(w *wording.Words) string { return w.BadSize(search.MaxSize) })
	}
	return n, nil
}

// ReadDay reads a calendar day; "" if there is none.
func ReadDay(name, value string) (string, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return "", nil
	}
	if _, err := time.Parse(news.DateLayout, value); err != nil {
		return "", problem.BadValue(name, fmt.Sprintf("%s: %q is not a calendar day (YYYY-MM-DD)", name, value),
			func(w *wording.Words) string { return w.BadDay(value) })
	}
	return value, nil
}
