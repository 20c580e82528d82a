package wording

// Story holds the texts of the page with the versions of a story.
type Story struct {
	Of                               string // the heading, with a Slot for a title
	About                            string
	Link                             string // from an article to this page
	Article                          string // link back to the article
	Versions, Days, First            string
	Kept, Cut, Added                 string
	Title, Compare                   string
	Differences                      string
	Legend, LegendCut, LegendAdded   string
	OnlyOne, Identical, NotCompared  string
	Beginnings                       string // that long texts were compared in part
	Explain                          string
	AsCSV, AsJSON, DifferencesAsJSON string
}

func newStory(text translator) Story {
	return Story{
		Of: text("“%s”的各报版本", "Versions of “%s”"),
		About: text("同一篇稿件在各报、各日的版本，以及删改了什么。",
			"The versions of a story in newspapers, and what each cut or added."),
		Link:        text("各报版本与删改", "Versions and what changed"),
		Article:     text("← 返回稿件", "← Back to the article"),
		Versions:    text("各版本", "Versions"),
		Days:        text("间隔", "After"),
		First:       text("最早", "first"),
		Kept:        text("保留", "Kept"),
		Cut:         text("删去", "Cut"),
		Added:       text("增加", "Added"),
		Title:       text("标题", "Title"),
		Compare:     text("对照", "Compare"),
		Differences: text("逐字对照", "Word by word"),
		Legend:      text("图例：", "Legend: "),
		LegendCut:   text("只有左边有", "only on the left"),
		LegendAdded: text("只有右边有", "only on the right"),
		OnlyOne:     text("没有相同稿件，只有这一个版本。", "There are no near-duplicates: this is the only version."),
		Identical:   text("正文相同。", "The texts are the same."),
		NotCompared: text("未比对", "not compared"),
		Beginnings: text("稿件很长，只比对了开头部分。",
			"These are long articles, of which only the beginnings were compared."),
		Explain: text("保留、删去、增加的字数，都与第一行的版本比。空白和全角、半角不算差别。",
			"Characters kept, cut and added, compared with the version in the first row. White space and width don’t count."),
		AsCSV:             text("表格（CSV）", "Table (CSV)"),
		AsJSON:            text("给程序读的（JSON）", "For programs (JSON)"),
		DifferencesAsJSON: text("给程序读的同样内容（JSON）", "The same as JSON"),
	}
}

// VersionCount returns how many versions a story has, in how many newspapers.
func (w *Words) VersionCount(versions, newspapers int) string {
	return w.text(Grouped(versions)+" 个版本，"+Grouped(newspapers)+" 家报纸",
		counted(versions, "version", "versions")+" in "+counted(newspapers, "newspaper", "newspapers"))
}

// DaysAfter returns how long after the first version another one was printed.
func (w *Words) DaysAfter(n int) string {
	if n == 0 {
		return w.text("同日", "same day")
	}
	return w.text("+"+Grouped(n)+" 天", "+"+counted(n, "day", "days"))
}

// VersionsLeftOut returns how many versions are not listed.
func (w *Words) VersionsLeftOut(n int) string {
	return w.text("另有 "+Grouped(n)+" 个版本没有列出。", counted(n, "version is", "versions are")+" not listed.")
}

// ComparedWithout returns how many listed versions were not compared.
func (w *Words) ComparedWithout(n int) string {
	return w.text("有 "+Grouped(n)+" 个版本没有比对。", counted(n, "version was", "versions were")+" not compared.")
}

// Changed returns how many characters a version kept, cut and added.
func (w *Words) Changed(kept, cut, added int) string {
	return w.text("相同 "+Grouped(kept)+" 字，删去 "+Grouped(cut)+" 字，增加 "+Grouped(added)+" 字。",
		"In common "+counted(kept, "character", "characters")+", cut "+Grouped(cut)+", added "+Grouped(added)+".")
}
