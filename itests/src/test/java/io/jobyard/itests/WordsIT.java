// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Counts the patterns of {@code word-rules.yaml} in pages, messages and comments, by surface. A count may fall, never rise above
 * {@code word-counts.txt}; {@code -Djobyard.docs.write=true} lowers the stored counts to the present ones.
 */
public class WordsIT {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path COUNTS = RESOURCES.resolve("word-counts.txt");
    private static final String HEADER =
            "# Highest allowed number of matches: surface, rule (word-rules.yaml), count.\n"
                    + "# Lowered by: mvn verify -Djobyard.docs.write=true\n";

    private static final String SENTENCE_START = "(?=[A-Z])(?:^|(?<=[.:;!?|]\\s)|(?<=[-*]\\s)|(?<=/\\*\\*\\s)|(?<=\"))";
    private static final int LONGEST_SENTENCE = 35;
    private static final int FEWEST_WORDS = 4;

    private static final Pattern FENCED = Pattern.compile("```.*?```|<!--.*?-->", Pattern.DOTALL);
    private static final Pattern BLOCK_END =
            Pattern.compile("\\n\\s*\\n|\\n(?=\\s*(?:[|*#-]|\\d+\\.) )|\\z", Pattern.MULTILINE);
    private static final String LITERAL = "\"(?:[^\"\\\\\\n]++|\\\\.)*+\"";
    private static final Pattern JAVA_TEXT = Pattern.compile(
            "\"\"\".*?\"\"\"|%1$s(?:\\s*\\+\\s*%1$s)*|'(?:[^'\\\\\\n]++|\\\\.)*+'|/\\*.*?\\*/|//[^\\n]*"
                    .formatted(LITERAL),
            Pattern.DOTALL);
    private static final Pattern SCRIPT_TEXT = Pattern.compile(
            LITERAL + "|'(?:[^'\\\\\\n]++|\\\\.)*+'|`(?:[^`\\\\]++|\\\\.)*+`|/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern HELP = Pattern.compile("(?:description|name|label|summary|header)\\s*=\\s*\\{?\\s*$");

    private static List<Rule> rules;

    /** Pattern to avoid. Finds sentences that are too long if {@code find} is null. */
    private record Rule(String name, Pattern find, String write, String bad, String good) {

        static Rule of(Map<String, String> line) {
            String find = line.get("find");
            return new Rule(
                    line.get("rule"),
                    find == null ? null : Pattern.compile(find.replace("{S}", SENTENCE_START), Pattern.MULTILINE),
                    line.get("write"),
                    line.get("bad"),
                    line.get("good"));
        }

        List<String> hits(String text, boolean isPage) {
            if (find != null) {
                return find.matcher(text).results().map(MatchResult::group).toList();
            }
            return Stream.of(isPage ? text.split("(?<=[.!?:;|])\\s+") : new String[0])
                    .filter(sentence -> sentence.trim().split("\\s+").length > LONGEST_SENTENCE)
                    .toList();
        }
    }

    /** Matches by surface and rule, such as {@code how-to behind}. */
    private static final class Findings {

        private final Map<String, List<String>> lines = new TreeMap<>();

        void read(String surface, String text, boolean isPage, Supplier<String> place) {
            for (Rule rule : rules) {
                for (String hit : rule.hits(text, isPage)) {
                    lines.computeIfAbsent(surface + " " + rule.name(), any -> new ArrayList<>())
                            .add(place.get() + ": \"" + hit + "\" → " + rule.write());
                }
            }
        }

        Map<String, Integer> counts() {
            return lines.entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, found -> found.getValue().size()));
        }
    }

    @BeforeClass
    public static void readRules() throws IOException {
        List<Map<String, String>> lines = new Yaml().load(Files.readString(RESOURCES.resolve("word-rules.yaml")));
        rules = lines.stream().map(Rule::of).toList();
    }

    @Test
    public void noPatternIsUsedMoreOftenThanBefore() throws IOException {
        Findings found = new Findings();
        readPages(found);
        readSources(found);
        Map<String, Integer> allowed = stored();
        if (Boolean.getBoolean("jobyard.docs.write")) {
            allowed.replaceAll((key, count) -> Math.min(count, found.counts().getOrDefault(key, 0)));
            store(allowed);
        }
        Map<String, List<String>> risen = new TreeMap<>(found.lines);
        risen.entrySet().removeIf(entry -> entry.getValue().size() <= allowed.getOrDefault(entry.getKey(), 0));
        assertThat(risen)
                .as("the guide's patterns, where there are more than " + COUNTS + " allows")
                .isEmpty();
    }

    @Test
    public void everyRuleFindsItsBadExampleOnceAndNotItsGoodOne() {
        for (Rule rule : rules) {
            assertThat(rule.hits(rule.bad(), true)).as(rule.bad()).hasSize(1);
            assertThat(rule.hits(rule.good(), true)).as(rule.good()).isEmpty();
        }
        assertThat(rules).extracting(Rule::name).doesNotHaveDuplicates();
    }

    @Test
    public void aPageIsReadWithoutItsCode() {
        List<String> blocks = new ArrayList<>();
        readPage(
                "# Title\n\nText of\n`anew` and [words](beside.md).\n```\nanew\n```\n- one\n- two",
                (line, text) -> blocks.add(line + " " + text));
        assertThat(blocks).containsExactly("1 # Title", "3 Text of X and [words].", "8 - one", "9 - two");
    }

    @Test
    public void aSourceIsReadByItsTexts() {
        Findings found = new Findings();
        readSource(
                found,
                "A.java",
                "/** A tale told here. */ @Command(description = \"Show what was\"\n + \" told to it\")\n"
                        + "// A tale told here.\nf(\"was \\\"told\\\" by text\"); f(\"told\"); g = told;");
        assertThat(found.counts())
                .isEqualTo(Map.of("javadoc tell", 1, "help tell", 1, "comments tell", 1, "messages tell", 1));
        assertThat(found.lines.get("comments tell"))
                .containsExactly("A.java:3: \"told\" → show, report, list, log, notify");
    }

    private static void readPages(Findings found) throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(Path.of("..")), Files.walk(Path.of("../docs")))) {
            List<Path> pages = files.filter(file ->
                            file.toString().endsWith(".md") && !file.toString().contains("/node_modules/"))
                    .toList();
            assertThat(pages).hasSizeGreaterThan(50);
            for (Path page : pages) {
                Path name = Path.of("..").relativize(page);
                String surface = name.getNameCount() == 3
                        ? name.getName(1).toString()
                        : name.getFileName().toString();
                readPage(
                        Files.readString(page),
                        (line, text) -> found.read(surface, text, true, () -> name + ":" + line));
            }
        }
    }

    /** Hands out each paragraph, list item and table row with its line. */
    private static void readPage(String page, BiConsumer<Long, String> reader) {
        String text = FENCED.matcher(page).replaceAll(code -> "\n".repeat((int) lines(code.group())));
        text = text.replaceAll("\\]\\([^)\\s]*\\)", "]").replaceAll("`[^`\\n]*`", "X");
        int start = 0;
        for (MatchResult end : BLOCK_END.matcher(text).results().toList()) {
            String block = text.substring(start, end.start());
            if (!block.isBlank()) {
                long line = 1 + lines(text.substring(0, start)) + lines(block) - lines(block.stripLeading());
                reader.accept(line, joined(block));
            }
            start = end.end();
        }
    }

    private static void readSources(Findings found) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../bundles"))) {
            List<Path> sources = files.filter(file -> file.toString().contains("/src/main/"))
                    .filter(file -> file.toString().matches(".*\\.(?:java|js)"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(1000);
            for (Path source : sources) {
                readSource(found, Path.of("..").relativize(source).toString(), Files.readString(source));
            }
        }
    }

    private static void readSource(Findings found, String name, String source) {
        boolean isScript = name.endsWith(".js");
        (isScript ? SCRIPT_TEXT : JAVA_TEXT).matcher(source).results().forEach(match -> {
            String text = joined(match.group().replaceAll("\\n\\s*\\*", " ").replaceAll("\"\\s*\\+\\s*\"", ""));
            if (text.split(" ").length >= FEWEST_WORDS) {
                String before = source.substring(Math.max(0, match.start() - 40), match.start());
                String surface = isScript
                        ? "console"
                        : surface(text, HELP.matcher(before).find());
                found.read(surface, text, false, () -> name + ":" + (1 + lines(source.substring(0, match.start()))));
            }
        });
    }

    private static String surface(String text, boolean isHelp) {
        if (text.startsWith("/**")) {
            return "javadoc";
        }
        if (text.startsWith("/")) {
            return "comments";
        }
        return isHelp ? "help" : "messages";
    }

    private static String joined(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static long lines(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private static Map<String, Integer> stored() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : Files.readAllLines(COUNTS)) {
            if (!line.startsWith("#")) {
                int end = line.lastIndexOf(' ');
                counts.put(line.substring(0, end), Integer.valueOf(line.substring(end + 1)));
            }
        }
        return counts;
    }

    private static void store(Map<String, Integer> counts) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        counts.forEach((key, count) -> text.append(count == 0 ? "" : key + " " + count + "\n"));
        Files.writeString(COUNTS, text.toString());
    }
}
