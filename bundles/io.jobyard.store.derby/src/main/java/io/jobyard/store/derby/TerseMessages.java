// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.util.Enumeration;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import org.apache.derby.shared.common.i18n.BundleFinder;
import org.apache.derby.shared.common.i18n.MessageService;
import org.jspecify.annotations.Nullable;

/**
 * Derby's messages without what is stored: some show the page or the values that they complain of, which are other people's
 * payloads, and would stand in logs and answers. Remembers the last that told of damage: Derby may tell its log alone.
 */
final class TerseMessages implements BundleFinder {

    private static final Pattern DUMP = Pattern.compile("(?s)(,? page dump|\\. +Page images|\\. +The value in the index"
            + "|\\. +The full index key|\\. +Values of internal fields).*");

    private volatile @Nullable String damage;

    /** Replaces the messages of the engine, which must be booted. */
    void use() {
        MessageService.setFinder(this);
    }

    /** The state of the last message that told of damage; null if none did. */
    @Nullable
    String damage() {
        return damage;
    }

    @Override
    public ResourceBundle getBundle(String messageId) {
        String state = messageId.split("\\.", 2)[0];
        if (Damage.is(state)) {
            damage = state;
        }
        return new Terse(MessageService.getBundleForLocale(Locale.getDefault(), messageId));
    }

    private static final class Terse extends ResourceBundle {

        Terse(ResourceBundle full) {
            setParent(full);
        }

        @Override
        protected Object handleGetObject(String key) {
            Object text = parent.getObject(key);
            return text instanceof String message ? DUMP.matcher(message).replaceFirst("") : text;
        }

        @Override
        public Enumeration<String> getKeys() {
            return parent.getKeys();
        }
    }
}
