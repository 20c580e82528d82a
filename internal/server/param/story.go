package param

import (
	"net/url"

	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// Names of the parameters of a story's versions and of the differences between two.
var (
	VersionsNames    = []string{"format"}
	DifferencesNames = []string{withName}
)

const withName = "with"

// ReadSheetFormat reads the format of an answer that can be a sheet, too: json or csv.
func ReadSheetFormat(values url.Values) (string, error) {
	if err := OnlyOnce(values, []string{"format"}); err != nil {
		return "", err
	}
	return OneOf("format", values.Get("format"), "json", "csv")
}

// ReadWith reads the id of the article that another one is compared with, "" for none.
func ReadWith(values url.Values) (string, error) {
	return values.Get(withName), OnlyOnce(values, []string{withName})
}

// ReadRequiredWith is ReadWith where it can't be left out.
func ReadRequiredWith(values url.Values) (string, error) {
	id, err := ReadWith(values)
	if err == nil && id == "" {
		err = problem.BadValue(withName, "with: give the id of the article to compare this one with",
			func(w *wording.Words) string { return w.Problems.NoOtherArticle })
	}
	return id, err
}

// PlainArticle returns the address of an article without a search.
func PlainArticle(id string) string { return ArticlesPath + url.PathEscape(id) }

// Versions returns the address of the page with the versions of an article's story.
func Versions(id string) string { return PlainArticle(id) + "/versions" }

// VersionsWith returns the address of that page with the differences to another article.
func VersionsWith(id, other string) string {
	return Versions(id) + "?" + withName + "=" + url.QueryEscape(other)
}

// VersionsData returns the address of the same for programs, in a format.
func VersionsData(id, format string) string {
	return "/api/v1/articles/" + url.PathEscape(id) + "/versions?format=" + format
}

// DifferencesData returns the address of the differences between two articles for programs.
func DifferencesData(id, other string) string {
	return "/api/v1/articles/" + url.PathEscape(id) + "/differences?" + withName + "=" + url.QueryEscape(other)
}
