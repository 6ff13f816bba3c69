// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.settings.api.ConfigurationName;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.settings.api.StoredConfiguration;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations that the audit records: Jobyard's own, and all configurations from files. */
final class AuditedConfigurations {

    static final String OURS = "io.jobyard.";

    static final String FILE = "felix.fileinstall.filename";
    private static final String ALL = "(|(service.pid=" + OURS + "*)(" + FILE + "=*))";

    private final ConfigurationAdmin admin;
    private final AuditSeal seal;
    private final Supplier<List<SettingsCheck>> checks;

    /**
     * Creates the reader; {@code checks} returns the checks of the configurations that the host reads. The values of a refused
     * configuration are not recorded.
     */
    AuditedConfigurations(ConfigurationAdmin admin, AuditSeal seal, Supplier<List<SettingsCheck>> checks) {
        this.admin = admin;
        this.seal = seal;
        this.checks = checks;
    }

    List<InventoryItem> all() {
        return list(ALL);
    }

    /** Returns a configuration; empty if the audit does not record it. */
    Optional<InventoryItem> one(String pid) {
        String literal = pid.replaceAll("[\\\\*()]", "\\\\$0");
        return list("(&(service.pid=" + literal + ")" + ALL + ")").stream().findFirst();
    }

    private List<InventoryItem> list(String filter) {
        try {
            return StoredConfiguration.list(admin, filter).stream()
                    .map(this::installed)
                    .toList();
        } catch (IOException e) {
            throw new StoreException("cannot read the configurations: " + e.getMessage(), e);
        }
    }

    private InventoryItem installed(StoredConfiguration configuration) {
        String pid = configuration.pid();
        Map<String, AuditedValue> values = new TreeMap<>();
        Map<String, Object> raw = configuration.raw();
        boolean isRefused = isRefused(configuration);
        texts(raw)
                .forEach((key, value) -> values.put(
                        key, isRefused ? AuditedValue.hidden(value, seal) : AuditedValue.of(pid, key, value, seal)));
        Path file = FileDetails.file(String.valueOf(raw.get(FILE))).orElse(null);
        return new InventoryItem(
                ItemKind.CONFIGURATION,
                pid,
                name(pid, file),
                file == null ? InventoryItem.UNKNOWN : FileDetails.owner(file),
                values);
    }

    private boolean isRefused(StoredConfiguration configuration) {
        Map<String, Object> raw = configuration.raw();
        String factory = configuration.factory();
        String pid = factory == null ? configuration.pid() : factory;
        String name = factory == null ? "" : ConfigurationName.of(factory, raw).name();
        return checks.get().stream()
                .filter(check -> check.pid().equals(pid) && check.isFactory() == (factory != null))
                .anyMatch(check -> !check.check(name, raw).isEmpty());
    }

    /** Returns the values that the user wrote, without Config Admin's own values. */
    static Map<String, String> texts(Map<String, Object> raw) {
        Map<String, String> texts = new TreeMap<>();
        raw.forEach((key, value) -> {
            if (!isBookkeeping(key)) {
                texts.put(key, text(value));
            }
        });
        return texts;
    }

    private static String name(String pid, @Nullable Path file) {
        return file == null ? pid : String.valueOf(file.getFileName()).replaceFirst("\\.(cfg|config|cfg\\.json)$", "");
    }

    private static boolean isBookkeeping(String key) {
        return key.equals(Constants.SERVICE_PID)
                || key.equals(ConfigurationAdmin.SERVICE_FACTORYPID)
                || key.equals(ConfigurationAdmin.SERVICE_BUNDLELOCATION)
                || key.startsWith("felix.fileinstall.");
    }

    private static String text(Object value) {
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(n -> String.valueOf(Array.get(value, n)))
                    .collect(Collectors.joining(", "));
        }
        return value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value.toString();
    }
}
