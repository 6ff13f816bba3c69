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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Runs a page: {@code java tools/pages/RunPage.java [--write] PAGE HOME DIRECTORY}.
 *
 * <p>The sh blocks go, as they are written, through one shell that begins in DIRECTORY. What a block prints must be the
 * text block that follows it; ids, times, durations and the width of columns may differ. A block without a text block
 * must not fail. The run ends at the first block that does otherwise. {@code --write} writes what was printed into the
 * page instead, if no block failed. HOME stands in a page as {@code /home/ann}, and the user's name as {@code ann}.
 */
public final class RunPage {

    private static final Pattern BLOCK =
            Pattern.compile("^```sh\\n(.*?)^```\\n(?:\\n```text\\n(.*?)^```\\n)?", Pattern.MULTILINE | Pattern.DOTALL);

    /** What the shell prints when a block is done. */
    private static final String MARK = "\u001e\n";

    private static final String FAULT = "'printf \"\\036exit %s of: %s\\n\" $? \"$BASH_COMMAND\"; exit 1'";

    /** What differs from one run to the next; the order counts. */
    private static final List<String[]> VARYING = List.of(
            new String[] {"(?m)^still starting: .*\\R", ""}, // on a slow machine
            new String[] {"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID"},
            new String[] {"\\b(?=[a-f]*\\d)[0-9a-f]{8}\\b", "ID"},
            new String[] {"\\d{4}-\\d\\d-\\d\\d", "DAY"},
            new String[] {"[T ]?\\d\\d:\\d\\d(:\\d\\d)?(\\.\\d+)?Z?", " TIME"},
            new String[] {"(\\d\\d-\\d\\d)? TIME", " TIME"},
            new String[] {"\\b\\d+(\\.\\d+)? ?(ms|s|m|min|h|d)\\b( \\d+ ?(s|m|min|h)\\b)?", "DURATION"},
            new String[] {"\\b\\d+\\.\\d\\b", "NUMBER"},
            new String[] {"\"millis\":\\d+", "\"millis\":NUMBER"}, // how long a job has slept
            new String[] {" on \\S+:\\d+", " on HOST"},
            new String[] {"process \\d+", "process NUMBER"},
            new String[] {"-{2,}", "-"},
            new String[] {"\\s+", " "});

    private final Path page;
    private final Path home;
    private final String source;
    private final List<MatchResult> blocks;

    private RunPage(Path page, Path home) throws IOException {
        this.page = page;
        this.home = home.toRealPath();
        source = Files.readString(page);
        blocks = BLOCK.matcher(source).results().toList();
        long told = blocks.stream().filter(block -> block.group(2) != null).count();
        if (told != Pattern.compile("(?m)^```text$").matcher(source).results().count()) {
            throw new IllegalArgumentException(page + " has a text block that follows no sh block");
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
        ProcessBuilder shell = new ProcessBuilder("bash", script.toString()).directory(directory.toFile());
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
        StringBuilder script = new StringBuilder("exec 9<&0 </dev/null\n");
        for (MatchResult block : blocks) {
            boolean mayFail = block.group(2) != null;
            script.append("trap ").append(mayFail ? "-" : FAULT).append(" ERR\n");
            script.append(block.group(1));
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

    private boolean check(MatchResult block, String seen, boolean write) {
        String told = block.group(2);
        boolean same = told == null || write ? !seen.contains("\u001e") : plain(told).equals(plain(seen));
        if (!same) {
            System.out.printf("%s: the block%n%s%s%nprinted%n%s%n%n",
                    page, block.group(1), told == null ? "" : "\nthat promises\n" + told,
                    shown(seen).replace("\u001e", "jobyard: "));
        }
        return same;
    }

    private void write(List<String> printed) throws IOException {
        StringBuilder written = new StringBuilder();
        int begin = 0;
        for (int i = 0; i < printed.size(); i++) {
            MatchResult block = blocks.get(i);
            if (block.group(2) != null) {
                written.append(source, begin, block.start(2)).append(shown(printed.get(i)));
                begin = block.end(2);
            }
        }
        Files.writeString(page, written.append(source.substring(begin)));
    }

    private String shown(String text) {
        return text.replace(home.toString(), "/home/ann")
                .replaceAll("\\b" + Pattern.quote(System.getProperty("user.name")) + "\\b", "ann")
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
