// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Usage of a database since its start.
 *
 * @param cpuSeconds processor time of its server; 0 for an embedded database, which uses that of the contender's process
 * @param walBytes size of all that was written to its log; 0 if unknown
 * @param diskBytes size of its files
 */
record Usage(double cpuSeconds, long walBytes, long diskBytes) {

    /** Linux reports processor times in hundredths of a second. */
    private static final double TICKS = 100;

    private static final Path PROC = Path.of("/proc");

    /** Fields of {@code /proc/PID/stat} behind the name of the program. */
    private record ProcessStat(long parent, long ticks, long ticksOfEnded) {

        static ProcessStat of(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new ProcessStat(
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                    Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
        }
    }

    Usage since(Usage before) {
        return new Usage(cpuSeconds - before.cpuSeconds, walBytes - before.walBytes, diskBytes - before.diskBytes);
    }

    /** Returns the processor time of a process with its children, including those that have ended. */
    static double cpuSeconds(long pid) throws IOException {
        try (Stream<Path> entries = Files.list(PROC)) {
            Map<Long, ProcessStat> all = entries.map(
                            entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .flatMap(id -> stat(id).map(stat -> Map.entry(id, stat)))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            ProcessStat own = all.get(pid);
            if (own == null) {
                throw new IOException("process " + pid + " has ended");
            }
            long children = all.values().stream()
                    .filter(stat -> stat.parent() == pid)
                    .mapToLong(ProcessStat::ticks)
                    .sum();
            return (own.ticks() + own.ticksOfEnded() + children) / TICKS;
        }
    }

    private static Stream<ProcessStat> stat(long pid) {
        try {
            return Stream.of(ProcessStat.of(Files.readString(PROC.resolve(pid + "/stat"))));
        } catch (NoSuchFileException e) {
            return Stream.empty(); // it has ended meanwhile
        } catch (IOException e) {
            if (Files.exists(PROC.resolve(String.valueOf(pid)))) {
                throw new UncheckedIOException(e);
            }
            return Stream.empty();
        }
    }

    /** Returns the size of the files of a directory. */
    static long diskBytes(Path directory) throws IOException {
        Function<Path, Long> size = file -> {
            try {
                return Files.size(file);
            } catch (IOException e) {
                return 0L; // the database has deleted it meanwhile
            }
        };
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(size)
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
