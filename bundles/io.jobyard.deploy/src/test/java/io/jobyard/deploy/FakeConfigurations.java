// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A Config Admin that holds configurations in memory, and one of them may be broken. */
final class FakeConfigurations {

    private final Map<String, Map<String, Object>> stored = new TreeMap<>();
    private String broken = "";
    private String vanishing = "";

    ConfigurationAdmin service() {
        return fake(ConfigurationAdmin.class, (method, arguments) -> switch (method.getName()) {
            case "listConfigurations" ->
                stored.isEmpty()
                        ? null
                        : stored.keySet().stream().map(this::configuration).toArray(Configuration[]::new);
            case "getConfiguration" -> configuration((String) arguments[0]);
            case "getFactoryConfiguration" -> configuration(arguments[0] + "~" + arguments[1]);
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private Configuration configuration(String pid) {
        return fake(Configuration.class, (method, arguments) -> switch (method.getName()) {
            case "getPid" -> present(pid);
            case "getProperties" -> properties(present(pid)) == null ? null : new Hashtable<>(properties(pid));
            case "getAttributes" -> Set.of();
            case "updateIfDifferent" -> {
                fail(pid);
                put(pid, toMap((Dictionary<?, ?>) arguments[0]));
                yield true;
            }
            case "delete" -> {
                fail(pid);
                yield stored.remove(pid);
            }
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static Map<String, Object> toMap(Dictionary<?, ?> dictionary) {
        Map<String, Object> map = new TreeMap<>();
        dictionary.keys().asIterator().forEachRemaining(key -> map.put(key.toString(), dictionary.get(key)));
        return map;
    }

    private void fail(String pid) throws IOException {
        if (pid.equals(broken)) {
            throw new IOException("broken");
        }
    }

    void put(String pid, Map<String, Object> properties) {
        stored.put(pid, properties);
    }

    void remove(String pid) {
        stored.remove(pid);
    }

    private String present(String pid) {
        if (pid.equals(vanishing)) {
            throw new IllegalStateException("Configuration " + pid + " deleted");
        }
        return pid;
    }

    /** Is deleted by somebody each time right after it was listed. */
    void vanishing(String pid) {
        vanishing = pid;
    }

    void broken(String pid) {
        broken = pid;
    }

    void mended() {
        broken = "";
    }

    Set<String> pids() {
        return stored.keySet();
    }

    @Nullable
    Map<String, Object> properties(String pid) {
        return stored.get(pid);
    }

    private interface Answer {
        @Nullable
        Object to(Method method, Object[] arguments) throws IOException;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method, arguments)));
    }
}
