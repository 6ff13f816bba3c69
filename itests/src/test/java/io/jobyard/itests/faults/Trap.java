// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The fault that is set, in the instance's file {@code fault}: {@code submit.sent halt}. Who comes by first sets it off, and
 * renames the file to {@code fault.struck}. What is written at no point goes into the file {@code fault.unknown}.
 */
final class Trap {

    private static final int KILLED = 137;

    /** Well below the time for which a process is stopped. */
    private static final long UNSEEN_NANOS = 2_000_000_000L;

    private final Path set;
    private final Path struck;
    private final Path unknown;
    private final Weather weather;

    Trap(Path instance, Weather weather) {
        this.weather = weather;
        set = instance.resolve("fault");
        struck = instance.resolve("fault.struck");
        unknown = instance.resolve("fault.unknown");
    }

    /** True if a fault is to be thrown now. */
    boolean springs(Step step, List<Sent> rows) {
        if (rows.stream().allMatch(Sent::isDerived)) { // nothing was changed
            return false;
        }
        try {
            if (!Deed.knows(rows)) {
                Files.writeString(unknown, rows + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            if (Files.notExists(set)) {
                return false;
            }
            String[] words = Files.readString(set).strip().split(" ");
            return Point.all().stream()
                            .anyMatch(point -> point.toString().equals(words[0])
                                    && point.step() == step
                                    && point.deed().isIn(rows))
                    && strikes(Mode.valueOf(words[1]));
        } catch (NoSuchFileException e) {
            return false; // another thread was first
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if a fault is to be thrown then. */
    private boolean strikes(Mode mode) throws IOException {
        Files.move(set, struck);
        switch (mode) {
            case HALT -> Runtime.getRuntime().halt(KILLED);
            case HANG -> hang();
            case AWAY -> weather.bringOutage();
            case STOP -> standStill();
            case THROW -> {}
        }
        return mode != Mode.STOP;
    }

    /** On a busy machine this thread may run for a while before the signal is heard: it was, when time has gone by unseen. */
    private static void standStill() throws IOException {
        String self = String.valueOf(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-STOP", self).start().waitFor();
            long seen;
            do {
                seen = System.nanoTime();
                Thread.sleep(10);
            } while (System.nanoTime() - seen < UNSEEN_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void hang() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // what hangs in a driver or a disk does not hear it either
            }
        }
    }
}
