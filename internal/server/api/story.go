package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/server/param"
	"xunwen/internal/sheet"
	"xunwen/internal/story"
)

// versionsResponse is the answer of …/versions.
type versionsResponse struct {
	ArticleID  string            `json:"article_id"`
	Generation string            `json:"generation"`
	Total      int               `json:"total"`
	Newspapers int               `json:"newspapers"`
	LeftOut    int               `json:"left_out"`
	Versions   []versionResponse `json:"versions"`
}

// versionResponse is one version.
type versionResponse struct {
	printedResponse
	First    bool            `json:"first"`
	Days     *int            `json:"days,omitempty"`     // where they are known
	Compared *countsResponse `json:"compared,omitempty"` // where it was compared
}

// printedResponse says where and when an article was printed.
type printedResponse struct {
	ArticleID   string `json:"article_id"`
	Publication string `json:"publication"`
	Date        string `json:"date"`
	Page        string `json:"page"`
	PageName    string `json:"page_name"`
	Title       string `json:"title"`
	Source      string `json:"source"`
	URL         string `json:"url"`
}

func newPrinted(a news.Article) printedResponse {
	return printedResponse{
		ArticleID: a.ID, Publication: a.Publication, Date: a.Date, Page: a.Page, PageName: a.PageName,
		Title: a.DisplayTitle(), Source: a.Source, URL: a.URL,
	}
}

// countsResponse says how much of a text another one has.
type countsResponse struct {
	Kept     int  `json:"kept"`
	Cut      int  `json:"cut"`
	Added    int  `json:"added"`
	Complete bool `json:"complete"`
}

func newVersionsResponse(id string, s story.Story) versionsResponse {
	a := versionsResponse{
		ArticleID: id, Generation: s.Generation, Total: s.Total, Newspapers: s.Newspapers(), LeftOut: s.LeftOut,
		Versions: make([]versionResponse, len(s.Versions)),
	}
	for i, v := range s.Versions {
		a.Versions[i] = versionResponse{printedResponse: newPrinted(v.Article), First: v.First}
		if v.Days >= 0 {
			a.Versions[i].Days = &v.Days
		}
		if v.Since != nil {
			c := countsResponse(*v.Since)
			a.Versions[i].Compared = &c
		}
	}
	return a
}

// serveVersions answers /api/v1/articles/{id}/versions.
func (a *API) serveVersions(c *gin.Context) error {
	values, err := param.KnownValues(c, param.VersionsNames)
	if err != nil {
		return err
	}
	format, err := param.ReadSheetFormat(values)
	if err != nil {
		return err
	}
	id, err := param.ArticleID(c)
	if err != nil {
		return err
	}
	found, err := story.Find(c.Request.Context(), a.Engine, id)
	if err != nil {
		return err
	}
	answer := newVersionsResponse(id, found)
	if format == "csv" {
		writeFileHeader(c.Writer, "xunwen-versions-"+a.Now().Format(time.DateOnly), format)
		return writeVersions(sheet.NewWriter(c.Writer), answer)
	}
	return writeJSON(c, http.StatusOK, jsonType, answer)
}

// writeVersions writes a row for each version.
func writeVersions(to *sheet.Writer, a versionsResponse) error {
	columns := []string{
		"article_id", "date", "days", "first", "publication", "page", "page_name", "title", "source", "url",
		"kept", "cut", "added", "complete",
	}
	if err := to.Write(columns); err != nil {
		return err
	}
	for _, v := range a.Versions {
		row := []string{
			v.ArticleID, v.Date, "", strconv.FormatBool(v.First), v.Publication, v.Page, v.PageName, v.Title, v.Source,
			v.URL, "", "", "", "",
		}
		if v.Days != nil {
			row[2] = strconv.Itoa(*v.Days)
		}
		if n := v.Compared; n != nil {
			row = append(row[:10], strconv.Itoa(n.Kept), strconv.Itoa(n.Cut), strconv.Itoa(n.Added),
				strconv.FormatBool(n.Complete))
		}
		if err := to.Write(row); err != nil {
			return err
		}
	}
	return to.Flush()
}

// differencesResponse is the answer of …/differences.
type differencesResponse struct {
	First printedResponse `json:"first"`
	Next  printedResponse `json:"next"`
	countsResponse
	Rows []rowResponse `json:"rows"`
}

// rowResponse is what stands side by side.
type rowResponse struct {
	Part  story.Part     `json:"part"`
	First []lineResponse `json:"first"`
	Next  []lineResponse `json:"next"`
}

// lineResponse is a paragraph in pieces.
type lineResponse struct {
	Pieces []pieceResponse `json:"pieces"`
}

type pieceResponse struct {
	Change story.Change `json:"change"`
	Text   string       `json:"text"`
}

func newLines(lines []story.Line) []lineResponse {
	out := make([]lineResponse, len(lines))
	for i, l := range lines {
		out[i].Pieces = make([]pieceResponse, len(l))
		for j, p := range l {
			out[i].Pieces[j] = pieceResponse{p.Change, p.Text}
		}
	}
	return out
}

// serveDifferences answers /api/v1/articles/{id}/differences.
func (a *API) serveDifferences(c *gin.Context) error {
	values, err := param.KnownValues(c, param.DifferencesNames)
	if err != nil {
		return err
	}
	other, err := param.ReadRequiredWith(values)
	if err != nil {
		return err
	}
	id, err := param.ArticleID(c)
	if err != nil {
		return err
	}
	first, next, d, err := story.Between(c.Request.Context(), a.Engine, id, other)
	if err != nil {
		return err
	}
	answer := differencesResponse{
		First: newPrinted(first), Next: newPrinted(next), countsResponse: countsResponse(d.Counts),
		Rows: make([]rowResponse, len(d.Rows)),
	}
	for i, r := range d.Rows {
		answer.Rows[i] = rowResponse{r.Part, newLines(r.First), newLines(r.Next)}
	}
	return writeJSON(c, http.StatusOK, jsonType, answer)
}
