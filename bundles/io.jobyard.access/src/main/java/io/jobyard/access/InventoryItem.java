// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An item added to the host, as last recorded by the audit.
 *
 * @param id the ID that is unique within its kind: a PID or a location
 * @param name the display name
 * @param who the user or bundle that added it, if known
 * @param values the values, by key
 */
record InventoryItem(ItemKind kind, String id, String name, String who, Map<String, AuditedValue> values) {

    /** Author of a change without a file. */
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
