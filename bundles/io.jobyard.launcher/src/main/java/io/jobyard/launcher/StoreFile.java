// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The database settings in {@code etc/io.jobyard.store.cfg}.
 *
 * @param file the file
 * @param url the URL; empty for the default database
 */
record StoreFile(Path file, String url, String user, String password) {

    private static final Pattern URL = Pattern.compile("(?m)^#?url\\s*=.*$");

    static StoreFile of(InstanceDirectory instance) throws IOException {
        Path file = instance.etc().resolve("io.jobyard.store.cfg");
        Properties store = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                store.load(reader);
            }
        }
        return new StoreFile(
                file,
                store.getProperty("url", "").strip(),
                store.getProperty("user", "").strip(),
                store.getProperty("password", "").strip());
    }

    /** Returns the kind of the instance's own database; empty for a database elsewhere. */
    Optional<OwnStore> own() {
        return OwnStore.of(url);
    }

    /** Selects a kind of database for an instance that has none yet. */
    void choose(OwnStore kind, Path data) throws IOException {
        if (url.equals(kind.url())) {
            return;
        }
        boolean isUsed = own().map(
                        now -> Files.exists(data.resolve(now.folder())) || Files.exists(data.resolve(now.idFile())))
                .orElse(true);
        if (isUsed) {
            throw new LaunchException("the jobs of this instance are in another database ("
                    + own().map(now -> data.resolve(now.folder()).toString()).orElse("url in " + file)
                    + "): copy them with 'bin/jobyard move-store --to " + kind.target()
                    + "', or use a new instance");
        }
        String text = Files.exists(file) ? Files.readString(file) : "";
        String line = kind.url().isEmpty() ? "#url =" : "url = " + kind.url();
        String chosen = URL.matcher(text).find()
                ? URL.matcher(text).replaceFirst(line)
                : text + System.lineSeparator() + line + System.lineSeparator();
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        OwnerOnlyFiles.write(next, chosen);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
