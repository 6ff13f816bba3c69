// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The database settings in {@code etc/io.jobyard.store.cfg}.
 *
 * @param file the file
 * @param url the URL; empty for the embedded database
 */
record StoreFile(Path file, String url, String user, String password) {

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

    boolean isEmbedded() {
        return url.isEmpty();
    }
}
