// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.spi.audit.AuditEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Change of an inventory item, as an entry of the audit.
 *
 * @param before the item before; null if it was added
 * @param after the item after; null if it was removed
 */
record ChangeEntry(@Nullable InventoryItem before, @Nullable InventoryItem after) {

    static final String CONFIGURE = "configure";
    /** Start of the detail of a removal. */
    static final String REMOVED = "removed";

    /** Maximum length of the detail. */
    private static final int ROOM = 1_900;

    private static final int SHORTEST = 40;
    private static final int AROUND = 20;

    /** Returns the entry; empty if no value differs. */
    Optional<AuditEntry> entry(Instant now) {
        InventoryItem one = after == null ? before : after;
        Map<String, AuditedValue> old = before == null ? Map.of() : before.values();
        Map<String, AuditedValue> fresh = after == null ? Map.of() : after.values();
        if (one == null || old.equals(fresh)) {
            return Optional.empty();
        }
        String detail = (isConfigured(one.kind()) ? verb("new", "changed", REMOVED) + ": " : "")
                + listed(one.kind() == ItemKind.CONFIGURATION, old, fresh);
        return Optional.of(new AuditEntry(now, who(one), action(one.kind()), target(one), detail));
    }

    /** Returns the author. The author of a removal may differ from the user who added the item. */
    private String who(InventoryItem one) {
        return after == null && !one.who().startsWith(FileDetails.OWNER) ? InventoryItem.UNKNOWN : one.who();
    }

    private String action(ItemKind kind) {
        return isConfigured(kind) ? CONFIGURE : verb("install", "update", "uninstall");
    }

    private static boolean isConfigured(ItemKind kind) {
        return kind == ItemKind.CONFIGURATION || kind == ItemKind.FILE;
    }

    private String verb(String come, String changed, String gone) {
        if (before == null) {
            return come;
        }
        return after == null ? gone : changed;
    }

    private static String target(InventoryItem one) {
        return one.kind() == ItemKind.BUNDLE ? "bundle " + one.name() : one.name();
    }

    private static String listed(
            boolean isConfiguration, Map<String, AuditedValue> old, Map<String, AuditedValue> fresh) {
        Set<String> keys = new LinkedHashSet<>(fresh.keySet());
        keys.addAll(old.keySet());
        if (isConfiguration) {
            keys.removeIf(key -> Objects.equals(old.get(key), fresh.get(key)));
        }
        int room = Math.max(SHORTEST, ROOM / keys.size() / 2 - AROUND);
        List<String> parts = new ArrayList<>();
        for (String key : keys) {
            parts.add(part(isConfiguration, key, old.get(key), fresh.get(key), room));
        }
        return String.join(isConfiguration ? "; " : ", ", parts);
    }

    private static String part(
            boolean isConfiguration, String key, @Nullable AuditedValue old, @Nullable AuditedValue fresh, int room) {
        String is = isConfiguration ? " = " : " ";
        if (old == null || fresh == null || old.equals(fresh)) {
            AuditedValue only = fresh == null ? old : fresh;
            String was = fresh == null && isConfiguration ? " was " : is;
            return key + was + (only == null ? "" : value(isConfiguration, cut(only.shown(), 0, room)));
        }
        int same = old.shown().length() + fresh.shown().length() > 2 * room ? common(old.shown(), fresh.shown()) : 0;
        return key + (isConfiguration ? ": " : " ") + value(isConfiguration, cut(old.shown(), same, room)) + " → "
                + value(isConfiguration, cut(fresh.shown(), same, room));
    }

    private static String value(boolean isConfiguration, String shown) {
        return isConfiguration ? ChangeDetail.written(shown) : shown;
    }

    /** Returns the length of the common prefix, minus a few characters of context. */
    private static int common(String one, String other) {
        int same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return Math.max(0, same - AROUND);
    }

    private static String cut(String text, int from, int room) {
        String rest = (from == 0 ? "" : ChangeDetail.LEFT_OUT) + text.substring(from);
        return rest.length() <= room ? rest : rest.substring(0, room - 1) + ChangeDetail.LEFT_OUT;
    }
}
