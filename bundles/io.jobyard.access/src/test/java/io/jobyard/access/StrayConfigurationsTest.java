// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

class StrayConfigurationsTest {

    @ParameterizedTest
    @CsvSource({
        "io.jobyard.role-x,, a",
        "io.jobyard.acces,, a",
        "io.jobyard.access-x,, a",
        "io.jobyard.access.conf,, a",
        "io.jobyard.roles-a.conf,, a",
        "IO.JOBYARD.ROLE,, a",
        "com.acme.jobyard.roles,, a",
        "io.jobyard.acess,, bundles.default",
        "io.jobyard.rules,, members",
        "jobyard.x~a,jobyard.x, permissions",
        "roles~x,roles, members permissions",
        "acme,, bundles.default"
    })
    void whatLooksLikeAccessIsOne(String pid, String factory, String keys) {
        assertThat(StrayConfigurations.isStray(pid, factory, Set.of(keys.split(" "))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "io.jobyard.access,, bundles.default",
        "io.jobyard.roles~x,io.jobyard.roles, members permissions",
        "io.jobyard.limits~role-access,io.jobyard.limits, running.max",
        "io.jobyard.limits-role.conf,, a",
        "io.jobyard.wroker,, a",
        "com.acme.team,, members",
        "com.acme.roles,, a"
    })
    void whatIsOneOrAnothersIsNot(String pid, String factory, String keys) {
        assertThat(StrayConfigurations.isStray(pid, factory, Set.of(keys.split(" "))))
                .isFalse();
    }

    @Test
    void whoListensHearsWhenOneComesAndGoes() throws Exception {
        Map<String, String> stored = new TreeMap<>(Map.of("io.jobyard.role-x", "a", "io.jobyard.queue", "b"));
        ConfigurationAdmin admin = fake(
                ConfigurationAdmin.class,
                arguments -> stored.keySet().stream()
                        .filter(pid -> arguments[0] == null || arguments[0].equals("(service.pid=" + pid + ")"))
                        .map(pid -> configuration(pid, stored.get(pid)))
                        .toArray(Configuration[]::new));
        StrayConfigurations strays = new StrayConfigurations(admin);
        List<Set<String>> heard = new ArrayList<>();
        Runnable end = strays.onChange(() -> heard.add(strays.pids()));
        assertThat(strays.pids()).containsExactly("io.jobyard.role-x");

        strays.configurationEvent(changed("io.jobyard.role-x"));
        strays.configurationEvent(changed("io.jobyard.queue"));
        stored.remove("io.jobyard.role-x");
        strays.configurationEvent(changed("io.jobyard.role-x"));
        stored.put("acme", "bundles.default");
        strays.configurationEvent(changed("acme"));
        end.run();
        stored.clear();
        strays.configurationEvent(changed("acme"));

        assertThat(heard).containsExactly(Set.of(), Set.of("acme"));
        assertThat(strays.pids()).isEmpty();
    }

    @Test
    void oneThatSomebodyDeletesMeanwhileIsNone() throws Exception {
        Configuration deleted = (Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Configuration.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("deleted");
                });
        ConfigurationAdmin admin = fake(ConfigurationAdmin.class, arguments ->
                new Configuration[] {deleted, configuration("io.jobyard.acces", "a")});
        assertThat(new StrayConfigurations(admin).pids()).containsExactly("io.jobyard.acces");
    }

    private static Configuration configuration(String pid, String key) {
        return (Configuration) Proxy.newProxyInstance(
                StrayConfigurationsTest.class.getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPid" -> pid;
                    case "getProperties" -> new Hashtable<>(Map.of(key, "x"));
                    default -> null;
                });
    }

    private static ConfigurationEvent changed(String pid) {
        ServiceReference<ConfigurationAdmin> reference = cast(fake(ServiceReference.class, arguments -> null));
        return new ConfigurationEvent(reference, ConfigurationEvent.CM_UPDATED, null, pid);
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<ConfigurationAdmin> cast(ServiceReference<?> reference) {
        return (ServiceReference<ConfigurationAdmin>) reference;
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                StrayConfigurationsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(arguments)));
    }
}
