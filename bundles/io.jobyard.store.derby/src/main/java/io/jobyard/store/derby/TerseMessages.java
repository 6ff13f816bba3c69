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
 * Derby's messages without stored data. Some contain the page or the values that caused the problem, for example payloads, which must not
 * appear in logs and answers. Keeps the last message about damage, because Derby may only log it.
 */
final class TerseMessages implements BundleFinder {

    private static final Pattern DUMP = Pattern.compile("(?s)(,? page dump|\\. +Page images|\\. +The value in the index"
            + "|\\. +The full index key|\\. +Values of internal fields).*");

    private volatile @Nullable String damage;

    /** Replaces the messages of the engine, which must be running. */
    void use() {
        MessageService.setFinder(this);
    }

    /** SQL state of the last message about damage; null for none. */
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
