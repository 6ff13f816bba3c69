// SPDX-License-Identifier: Apache-2.0
package io.jobyard.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.languagetool.JLanguageTool;
import org.languagetool.Language;
import org.languagetool.Languages;
import org.languagetool.rules.Rule;
import org.languagetool.rules.RuleMatch;
import org.languagetool.rules.patterns.AbstractPatternRule;
import org.languagetool.rules.patterns.PatternRuleLoader;

/** Checks the hand-written pages for agreement, tense and the rules of {@code house-rules.xml}. */
class GrammarTest {

    /** Rules of LanguageTool about agreement and tense. */
    private static final Set<String> RULES = Set.of(
            "AGREEMENT_SENT_START",
            "AGREEMENT_SENT_START_2",
            "A_NNS",
            "BEEN_PART_AGREEMENT",
            "BE_PART_AGREEMENT_2",
            "DID_PAST",
            "DOES_NP_VBZ",
            "DOES_X_HAS",
            "DT_NNS_AGREEMENT",
            "HAVE_PART_AGREEMENT",
            "HE_VERB_AGR",
            "IT_VBZ",
            "MASS_AGREEMENT",
            "MISSING_PAST_TENSE",
            "NON3PRS_VERB",
            "ONE_PLURAL",
            "PERFECT_TENSE_SINCE",
            "PLURAL_THAT_AGREEMENT",
            "SINGULAR_AGREEMENT_SENT_START",
            "SINGULAR_NOUN_THAT_AGREEMENT",
            "SUBJECT_VERB_AGREEMENT",
            "VERB_HERE_SINCE");

    private static final Pattern CODE_BLOCK = Pattern.compile("```.*?```|<!--.*?-->", Pattern.DOTALL);
    private static final Pattern BLOCK_END = Pattern.compile("\\n\\s*\\n|\\n(?=\\s*(?:[|*#-]|\\d+\\.) )|\\|");
    /** Shorter blocks are headings of tables and names. */
    private static final int FEWEST_WORDS = 5;

    private static JLanguageTool tool;

    @BeforeAll
    static void load() throws IOException {
        Language english = Languages.getLanguageForShortCode("en-US");
        tool = new JLanguageTool(english);
        for (Rule rule : tool.getAllRules()) {
            if (RULES.contains(rule.getId())) {
                tool.enableRule(rule.getId());
            } else {
                tool.disableRule(rule.getId());
            }
        }
        try (InputStream house = GrammarTest.class.getResourceAsStream("/house-rules.xml")) {
            for (AbstractPatternRule rule : new PatternRuleLoader().getRules(house, "house-rules.xml", english)) {
                tool.addRule(rule);
            }
        }
    }

    @Test
    void findsWrongAgreementAndTense() throws IOException {
        assertThat(problems("The handlers runs the job of one user.")).isNotEmpty();
        assertThat(problems("It store the result of the job.")).isNotEmpty();
        assertThat(problems("The leader has ran all jobs of the day.")).isNotEmpty();
        assertThat(problems("Whoever submits the job may cancel it.")).isNotEmpty();
        assertThat(problems("The host tells the result of the job.")).isNotEmpty();
        assertThat(problems("The handler runs the jobs of one user.")).isEmpty();
    }

    @Test
    void pagesHaveNoWrongAgreementOrTense() throws IOException {
        List<String> problems = new ArrayList<>();
        List<Path> pages = pages();
        assertThat(pages).hasSizeGreaterThan(60);
        for (Path page : pages) {
            problems(Files.readString(page)).forEach(problem -> problems.add(page + ": " + problem));
        }
        assertThat(problems).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(
                List.of(Path.of("../../README.md"), Path.of("../../CONTRIBUTING.md"), Path.of("../../SECURITY.md")));
        for (String folder : List.of("tutorial", "how-to", "explanation")) {
            try (Stream<Path> files = Files.list(Path.of("../../docs", folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    private static List<String> problems(String page) throws IOException {
        String text = plain(page);
        List<String> problems = new ArrayList<>();
        for (RuleMatch match : tool.check(text)) {
            String around = text.substring(
                    Math.max(0, match.getFromPos() - 40), Math.min(text.length(), match.getToPos() + 40));
            problems.add(match.getRule().getId() + " in \"" + around.strip() + "\": " + match.getMessage());
        }
        return problems;
    }

    /** Paragraphs without markup. Code, and a link that names a page, count as a name. */
    private static String plain(String page) {
        String text = CODE_BLOCK
                .matcher(page)
                .replaceAll("")
                .replaceAll("\\[[A-Z][^\\]]*\\]\\([^)\\s]*\\)|`[^`\\n]*`", "X")
                .replaceAll("\\]\\([^)\\s]*\\)", "")
                .replaceAll("[\\[\\]*]", "");
        StringBuilder plain = new StringBuilder();
        for (String block : BLOCK_END.split(text)) {
            String sentences = block.strip().replaceAll("\\s+", " ").replaceAll("^(?:- |\\d+\\. )", "");
            if (!sentences.startsWith("#") && sentences.split(" ").length >= FEWEST_WORDS) {
                plain.append(sentences).append("\n\n");
            }
        }
        return plain.toString();
    }
}
