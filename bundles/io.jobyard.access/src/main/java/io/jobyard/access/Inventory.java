// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.access.InventoryItem.ItemKey;
import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.OwnFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Items that the audit has recorded, in a file that survives restarts: a line for each item and for each of its values,
 * with words encoded as in a URL. Not thread-safe.
 */
final class Inventory {

    private static final int WORDS = 4;
    private static final String VALUE = "-";

    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

    private final Path file;
    private final Map<ItemKey, InventoryItem> things;
    private final boolean isFirst;
    private boolean isChanged;

    /** Reads the file; a damaged file counts as missing, and all items are recorded again. */
    Inventory(Path file) {
        this.file = file;
        Map<ItemKey, InventoryItem> known = new LinkedHashMap<>();
        boolean isKnown = Files.exists(file);
        try {
            if (isKnown) {
                known = read(Files.readAllLines(file));
            }
        } catch (IllegalArgumentException | MalformedInputException e) {
            LOG.warn("{} is damaged; all bundles and configurations are recorded in the audit again", file);
            isKnown = false;
        } catch (IOException e) {
            throw new StoreException(file + " cannot be read: " + e.getMessage(), e);
        }
        things = known;
        isFirst = !isKnown;
        isChanged = isFirst;
    }

    /** Returns whether the file did not exist. */
    boolean isFirst() {
        return isFirst;
    }

    @Nullable
    InventoryItem get(ItemKey key) {
        return things.get(key);
    }

    Set<ItemKey> keys() {
        return Set.copyOf(things.keySet());
    }

    void put(ItemKey key, @Nullable InventoryItem after) {
        isChanged |= after == null ? things.remove(key) != null : !after.equals(things.put(key, after));
    }

    /** Writes the file if an item has changed. */
    void keep() {
        if (!isChanged) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (InventoryItem each : things.values()) {
            line(text, each.kind().name(), each.id(), each.name(), each.who());
            each.values().forEach((key, value) -> line(text, VALUE, key, value.shown(), value.digest()));
        }
        try {
            OwnFile.replace(file, text.toString());
            isChanged = false;
        } catch (IOException e) {
            throw new StoreException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void line(StringBuilder text, String... words) {
        text.append(Stream.of(words)
                        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
                        .collect(Collectors.joining(" ")))
                .append('\n');
    }

    private static Map<ItemKey, InventoryItem> read(List<String> lines) {
        Map<ItemKey, InventoryItem> things = new LinkedHashMap<>();
        for (int n = 0; n < lines.size(); ) {
            List<String> thing = words(lines.get(n++));
            Map<String, AuditedValue> values = new LinkedHashMap<>();
            while (n < lines.size() && lines.get(n).startsWith(VALUE + " ")) {
                List<String> value = words(lines.get(n++));
                values.put(value.get(1), new AuditedValue(value.get(2), value.get(3)));
            }
            InventoryItem installed =
                    new InventoryItem(ItemKind.valueOf(thing.get(0)), thing.get(1), thing.get(2), thing.get(3), values);
            things.put(installed.key(), installed);
        }
        return things;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            words.add(URLDecoder.decode(word, StandardCharsets.UTF_8));
        }
        if (words.size() != WORDS) {
            throw new IllegalArgumentException(line);
        }
        return words;
    }
}
