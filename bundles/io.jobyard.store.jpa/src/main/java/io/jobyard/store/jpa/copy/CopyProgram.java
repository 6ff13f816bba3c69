// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.sql.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Program that copies a store without an OSGi framework and prints its progress. It reads properties from standard input, because a URL may
 * contain a password: {@code data}, the instance's data directory; {@code from.url}, {@code from.user} and {@code from.password}; and the
 * same three with {@code to}. It prints an error as one line on standard error, and exits with code 1.
 */
public final class CopyProgram {

    private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(10);

    private final Properties asked;
    private final List<StoreDialect> dialects;
    private final long begun = System.nanoTime();
    private long told = begun;

    private CopyProgram(Properties asked, List<StoreDialect> dialects) {
        this.asked = asked;
        this.dialects = dialects;
    }

    /**
     * Runs the copy.
     *
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Properties asked = new Properties();
        asked.load(System.in);
        List<StoreDialect> installed = ServiceLoader.load(StoreDialect.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        try {
            System.out.println(new CopyProgram(asked, installed).run());
        } catch (StoreException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private String run() {
        Path data = Path.of(asked.getProperty("data"));
        StoreSettings from = settings("from");
        StoreSettings to = settings("to");
        Consumer<String> doing = this::tell;
        try (CopiedStore source = CopiedStore.source(from, dialect(from), data, doing);
                CopiedStore target = CopiedStore.target(to, dialect(to), data, doing)) {
            String copied = new StoreCopy(source, target, HostCandidate.position(data), doing, StoreCopy.SLICE).run();
            return copied + " (" + seconds() + " s)";
        }
    }

    private StoreSettings settings(String end) {
        return new StoreSettings(
                asked.getProperty(end + ".url", ""),
                asked.getProperty(end + ".user", ""),
                asked.getProperty(end + ".password", ""),
                StoreSettings.POOL_SIZE,
                StoreSettings.LEASE_SECONDS,
                true);
    }

    private StoreDialect dialect(StoreSettings settings) {
        return dialects.stream()
                .filter(each -> each.isOwn(settings.url()) || each.serves(settings.url()))
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        "unsupported database " + settings.position() + "; supported are "
                                + dialects.stream()
                                        .map(StoreDialect::name)
                                        .sorted()
                                        .collect(Collectors.joining(", ")),
                        null));
    }

    private void tell(String doing) {
        long now = System.nanoTime();
        if (now - told > BETWEEN_LINES) {
            told = now;
            System.out.println("still copying: " + doing + " (" + seconds() + " s)");
        }
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    }
}
