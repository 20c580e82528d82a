package citation

// CSL is a reference for processors of the Citation Style Language (CSL-JSON 1.0.2), such as
// those of Zotero and Pandoc.
type CSL struct {
	ID          string    `json:"id"`
	Type        string    `json:"type"`
	Title       string    `json:"title,omitempty"`
	Authors     []cslName `json:"author,omitempty"`
	Publication string    `json:"container-title,omitempty"`
	Issued      *cslDate  `json:"issued,omitempty"`
	Page        string    `json:"page,omitempty"`
	PageName    string    `json:"section,omitempty"`
	Address     string    `json:"URL,omitempty"`
	Read        *cslDate  `json:"accessed,omitempty"`
	Language    string    `json:"language"`
}

// cslName is a name as it is printed. Which characters of it are the family's is unknown.
type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

func newCSLDate(year, month, day int) *cslDate { return &cslDate{[][]int{{year, month, day}}} }

// CSL returns the reference as an item of CSL-JSON.
func (r Reference) CSL() CSL {
	c := CSL{
		ID:          r.ID,
		Type:        "article-newspaper",
		Title:       r.Title,
		Publication: r.Publication,
		Page:        r.Page,
		PageName:    r.PageName,
		Address:     r.Address,
		Language:    "zh-CN",
	}
	for _, name := range r.Authors {
		c.Authors = append(c.Authors, cslName{name})
	}
	if year, month, day := r.day(); year > 0 {
		c.Issued = newCSLDate(year, month, day)
	}
	if r.Address != "" {
		c.Read = newCSLDate(r.Read.Year(), int(r.Read.Month()), r.Read.Day())
	}
	return c
}
