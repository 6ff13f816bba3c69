// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that was added to the host, as the audit last recorded it.
 *
 * @param id tells it from others of its kind: a PID, a location
 * @param name as people call it
 * @param who by whom, as far as that is known
 * @param values what it holds, by key
 */
record InventoryItem(ItemKind kind, String id, String name, String who, Map<String, AuditedValue> values) {

    /** Who changed an item without a file. */
    static final String UNKNOWN = "unknown";

    enum ItemKind {
        PROGRAM,
        CONFIGURATION,
        FILE,
        BUNDLE
    }

    record ItemKey(ItemKind kind, String id) {}

    InventoryItem {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    ItemKey key() {
        return new ItemKey(kind, id);
    }
}
