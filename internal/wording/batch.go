package wording

// Batch holds the texts of the page for lists of queries.
type Batch struct {
	Title, About             string
	Explain                  string
	Queries, File            string
	Counts                   string
	Year, Month, Publication string
	Hits, From, To           string
	AsCSV, AsJSON            string
	WithLists                string // link from the comparison to this page
}

func newBatch(text translator) Batch {
	return Batch{
		Title: text("批量检索", "Batch search"),
		About: text("一次数出许多词各有多少篇稿件。", "Count the articles of many queries at once."),
		Explain: text(
			"一行写一个词，或选一个文件（文本或 CSV），最多一万个。得到的表里，每个词一行：总篇数，各年、各月或各报的篇数，还可以列出前几条结果。写错的词在自己那一行里说明，不影响其他词。",
			"Enter a query on each line, or choose a file (text or CSV), up to 10,000. The table has a row for each: "+
				"its articles in all, by year, month or newspaper, and its first hits if you like. A query with a mistake "+
				"says so in its row; the others are answered.",
		),
		Queries:     text("搜索词", "Queries"),
		File:        text("或选文件", "Or a file"),
		Counts:      text("分别统计", "Count by"),
		Year:        text("年", "Year"),
		Month:       text("月", "Month"),
		Publication: text("报纸", "Newspaper"),
		Hits:        text("每个词列出结果", "Hits to list of each"),
		From:        text("开始日期", "From"),
		To:          text("结束日期", "To"),
		AsCSV:       text("下载表格（CSV）", "Download as CSV"),
		AsJSON:      text("下载 JSON Lines", "Download as JSON Lines"),
		WithLists:   text("许多词一起数", "Count many queries"),
	}
}
