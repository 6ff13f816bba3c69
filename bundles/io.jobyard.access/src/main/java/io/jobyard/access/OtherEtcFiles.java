// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.access.InventoryItem.ItemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of {@code etc/} that are neither configurations nor bundles, for example the logging configuration, by digest. */
final class OtherEtcFiles {

    /** Files to ignore: recorded as a configuration or a bundle, or left by an editor. */
    private static final Pattern NONE = Pattern.compile("\\..*|.*\\.(cfg|config|jar)|.*~");

    /** Prefix of their targets in the audit. */
    static final String ETC = "etc/";

    private final Path etc;

    OtherEtcFiles(Path etc) {
        this.etc = etc;
    }

    List<InventoryItem> all() {
        if (Files.notExists(etc)) {
            return List.of(); // Karaf has its own etc/
        }
        try (Stream<Path> files = Files.list(etc)) {
            return files.filter(
                            file -> !NONE.matcher(file.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(OtherEtcFiles::installed)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InventoryItem installed(Path file) {
        Map<String, AuditedValue> values = Map.of("sha-256", AuditedValue.plain(FileDetails.digest(file)));
        return new InventoryItem(
                ItemKind.FILE, file.toString(), ETC + file.getFileName(), FileDetails.owner(file), values);
    }
}
