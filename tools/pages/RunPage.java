// SPDX-License-Identifier: Apache-2.0

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a page: {@code java tools/pages/RunPage.java [--write] PAGE HOME DIRECTORY}.
 *
 * <p>The sh blocks go, as they are written, through one shell that begins in DIRECTORY. What a block prints must be the
 * text block that follows it; ids, times, durations and the width of columns may differ. A block without a text block
 * must not fail. The run ends at the first block that does otherwise. {@code --write} writes what was printed into the
 * page instead, if no block failed. HOME stands in a page as {@code /home/ann}, and the user's name as {@code ann}.
 * A block directly after a line {@code *Not run in CI: REASON*} is skipped, and its text block is not checked.
 */
public final class RunPage {

    private static final Pattern BLOCK = Pattern.compile(
            "^(?<indent> *)(?<mark>\\*Not run in CI: [^\\n]+\\*\\n\\n\\k<indent>)?```sh\\n(?<commands>.*?)^\\k<indent>```\\n"
                    + "(?:\\n\\k<indent>```text\\n(?<output>.*?)^\\k<indent>```\\n)?",
            Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern TEXT_BLOCK = Pattern.compile("(?m)^ *```text$");

    /** What the shell prints when a block is done. */
    private static final String MARK = "\u001e\n";

    /** A loop of a page that waits for what never comes ends after this time. */
    private static final String LONGEST = "30m";

    private static final String FAULT = "'printf \"\\036exit %s of: %s\\n\" $? \"$BASH_COMMAND\"; exit 1'";

    /** What differs from one run to the next; the order counts. */
    private static final List<String[]> VARYING = List.of(
            new String[] {"(?m)^progress .*\\R", ""}, // as often as somebody looked
            new String[] {"(?m)^\\S{36} running\\R", ""}, // if somebody looked while it ran
            new String[] {"already installed: ", "installed "}, // by a page before
            new String[] {"(Java |classes-)\\d[\\w.+-]*", "JAVA"},
            new String[] {"\\d+ bytes", "SIZE"},
            new String[] {"\\d+ jobs?( \\([a-z0-9, ]+\\))?", "JOBS"}, // those of the pages before
            new String[] {"\\d+ histories", "HISTORIES"},
            new String[] {"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID"},
            new String[] {"\\d{4}-\\d\\d-\\d\\d", "DAY"},
            new String[] {"[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4}", "DAY"}, // of HTTP
            new String[] {"\\b\\d+-\\d+-\\d+\\b", "CURSOR"},
            new String[] {"\\b(?=[a-f]*\\d)[0-9a-f]{8}(-\\d+)?\\b", "ID"},
            new String[] {"[T ]?\\d\\d:\\d\\d(:\\d\\d)?(\\.\\d+)?Z?", " TIME"},
            new String[] {"(\\d\\d-\\d\\d)? TIME", " TIME"},
            new String[] {"\\b\\d+(\\.\\d+)? ?(ms|s|m|min|h|d)\\b( \\d+ ?(s|m|min|h)\\b)?", "DURATION"},
            new String[] {"\\b0\\.00\\d+\\b", "0"}, // what a limit has again on a slow machine
            new String[] {"\\b\\d+\\.\\d\\b", "NUMBER"},
            new String[] {"\"millis\" ?: ?\\d+", "\"millis\":NUMBER"}, // how long a job has slept
            new String[] {"\\b[\\w.-]+:\\d+\\b", "HOST"}, // or an address
            new String[] {"process \\d+", "process NUMBER"},
            new String[] {"-{2,}", "-"},
            new String[] {"\\s+", " "});

    private final Path page;
    private final Path home;
    private final String source;
    private final List<Block> blocks;

    private RunPage(Path page, Path home) throws IOException {
        this.page = page;
        this.home = home.toRealPath();
        source = Files.readString(page);
        List<Block> all = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(source); block.find(); ) {
            all.add(Block.of(block));
        }
        long told = all.stream().filter(block -> block.output() != null).count();
        if (told != TEXT_BLOCK.matcher(source).results().count()) {
            throw new IllegalArgumentException(page + " has a text block that follows no sh block");
        }
        blocks = all.stream().filter(block -> !block.marked()).toList();
    }

    /** The commands of a block and what they promise to print, or null, which begins and ends at these places of the page. */
    private record Block(boolean marked, String indent, String commands, String output, int begin, int end) {

        static Block of(Matcher found) {
            String indent = found.group("indent");
            return new Block(found.group("mark") != null, indent, flat(found.group("commands"), indent),
                    flat(found.group("output"), indent), found.start("output"), found.end("output"));
        }

        private static String flat(String text, String indent) {
            return text == null || indent.isEmpty() ? text : text.replaceAll("(?m)^" + indent, "");
        }

        /** Lines as the page has them. */
        String indented(String text) {
            String lines = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
            return lines.replaceAll("(?m)^(?=.)", indent);
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean write = words.remove("--write");
        if (words.size() != 3) {
            System.err.println("usage: java tools/pages/RunPage.java [--write] PAGE HOME DIRECTORY");
            System.exit(2);
        }
        RunPage page = new RunPage(Path.of(words.get(0)), Path.of(words.get(1)));
        System.exit(page.run(Path.of(words.get(2)), write) ? 0 : 1);
    }

    /** Runs the blocks until one fails: those after it count on what it did, and may wait for it for ever. */
    private boolean run(Path directory, boolean write) throws IOException, InterruptedException {
        Path script = Files.createTempFile("page", ".sh");
        Files.writeString(script, script());
        ProcessBuilder shell = new ProcessBuilder("timeout", LONGEST, "bash", script.toString()).directory(directory.toFile());
        shell.environment().put("HOME", home.toString());
        Process process = shell.redirectErrorStream(true).start();
        List<String> printed = new ArrayList<>();
        boolean good = !blocks.isEmpty();
        try (Reader output = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
                Writer goOn = process.outputWriter(StandardCharsets.UTF_8)) {
            while (good && printed.size() < blocks.size()) {
                String seen = untilMark(output);
                good = check(blocks.get(printed.size()), seen, write);
                printed.add(seen);
                if (good) {
                    goOn.write("\n");
                    goOn.flush();
                }
            }
        } finally {
            process.waitFor();
            Files.delete(script);
        }
        System.out.printf("%s: %d of %d blocks run, %s%n", page, printed.size(), blocks.size(),
                good ? "as it says" : "NOT as it says");
        if (good && write) {
            write(printed);
        }
        return good;
    }

    /** The blocks, with a mark after each; there the shell waits for a line that lets it go on. */
    private String script() {
        StringBuilder script = new StringBuilder("exec 9<&0 </dev/null\ntrap 'kill $(jobs -p) 2>&-' EXIT\n");
        for (Block block : blocks) {
            boolean mayFail = block.output() != null;
            script.append("trap ").append(mayFail ? "-" : FAULT).append(" ERR\n");
            script.append(block.commands());
            script.append("printf '\\036\\n'; read -r -u 9 || exit 1\n");
        }
        return script.toString();
    }

    /** What one block printed; a record separator comes before what the run itself says of it. */
    private static String untilMark(Reader output) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (int next = output.read(); next >= 0; next = output.read()) {
            seen.append((char) next);
            if (seen.length() >= MARK.length() && seen.lastIndexOf(MARK) == seen.length() - MARK.length()) {
                return seen.substring(0, seen.length() - MARK.length());
            }
        }
        return seen.indexOf("\u001e") < 0 ? seen + "\u001ethe shell ended here" : seen.toString();
    }

    private boolean check(Block block, String seen, boolean write) {
        String told = block.output();
        boolean same = told == null || write ? !seen.contains("\u001e") : plain(told).equals(plain(seen));
        if (!same) {
            System.out.printf("%s: the block%n%s%s%nprinted%n%s%n%n",
                    page, block.commands(), told == null ? "" : "\nthat promises\n" + told,
                    shown(seen).replace("\u001e", "jobyard: "));
        }
        return same;
    }

    private void write(List<String> printed) throws IOException {
        StringBuilder written = new StringBuilder();
        int begin = 0;
        for (int i = 0; i < printed.size(); i++) {
            Block block = blocks.get(i);
            if (block.output() != null) {
                written.append(source, begin, block.begin()).append(block.indented(shown(printed.get(i))));
                begin = block.end();
            }
        }
        Files.writeString(page, written.append(source.substring(begin)));
    }

    private String shown(String text) {
        String user = System.getProperty("user.name");
        return text.replace(home.toString(), "/home/ann")
                .replaceAll("\\b" + user + "\\b(?=  )", "ann" + " ".repeat(Math.max(0, user.length() - 3))) // in a table
                .replaceAll("\\b" + user + "\\b", "ann")
                .replaceAll("jyt_[\\w-]+", "jyt_…")
                .replaceAll("(?m)^(still starting: |waiting for running jobs ).*\\R", "") // on a slow machine
                .replaceAll("(?m)[ \\t]+$", "");
    }

    private String plain(String text) {
        String plain = shown(text);
        for (String[] varying : VARYING) {
            plain = plain.replaceAll(varying[0], varying[1]);
        }
        return plain.strip();
    }
}
