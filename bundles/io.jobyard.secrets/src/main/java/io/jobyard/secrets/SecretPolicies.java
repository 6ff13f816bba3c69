// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.NamedSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registry of the configured policies. */
final class SecretPolicies {

    static final String FACTORY = SecretsSettings.PID;

    private static final Logger LOG = LoggerFactory.getLogger(SecretPolicies.class);

    private final Map<String, NamedSettings<PolicySettings>> byPid = new ConcurrentHashMap<>();
    private final Function<String, LastGood> lastGood;

    /** {@code lastGood} returns the store of a PID's last valid values. */
    SecretPolicies(Function<String, LastGood> lastGood) {
        this.lastGood = lastGood;
    }

    synchronized void update(String pid, Map<String, ?> raw) {
        NamedSettings<PolicySettings> known = byPid.get(pid);
        if (known != null) {
            known.update(raw);
        } else {
            byPid.put(
                    pid,
                    new NamedSettings<>(
                            FACTORY, raw, name -> PolicySettings.NOTHING, PolicySettings::read, lastGood.apply(pid)));
        }
    }

    /** Removes a policy and its last valid values. */
    synchronized void remove(String pid) {
        NamedSettings<PolicySettings> removed = byPid.remove(pid);
        if (removed != null) {
            lastGood.apply(pid).forget();
            LOG.info("{}: removed; the policy no longer applies", removed.name().pid());
        }
    }

    /** Throws if no policy allows the use. The message contains the configuration to write. */
    void require(SecretUse use) {
        if (byPid.values().stream().noneMatch(policy -> policy.current().allows(use))) {
            throw SecretFiles.refused(use.secret(), use.refusal(), null);
        }
    }

    boolean isEmpty() {
        return byPid.isEmpty();
    }

    List<Finding> findings() {
        return byPid.values().stream()
                .flatMap(policy -> policy.examine().stream())
                .toList();
    }
}
