// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.api.StoreException;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Findings about hosts whose settings differ from the leader's. */
@Component
public final class DifferingSettings implements Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(DifferingSettings.class);

    private static final String FIX = "copy the same files in etc/ to all hosts; each host shows its settings in force";

    private final HostNotices notices;
    private final HostStore hosts;

    @Activate
    public DifferingSettings(@Reference HostNotices notices, @Reference HostStore hosts) {
        this.notices = notices;
        this.hosts = hosts;
    }

    @Override
    public List<Finding> examine() {
        Map<UUID, Map<String, String>> told = new HashMap<>();
        try {
            notices.read(SharedSettings.TOPIC).forEach((host, text) -> told.put(host, SettingsDigest.read(text)));
        } catch (StoreException e) {
            LOG.debug("The store reports by itself that it does not answer", e);
        }
        return findings(hosts.hosts().living(), told);
    }

    /**
     * Returns a finding for each host with different settings. Skips hosts of another program version, whose defaults
     * may differ, and hosts that have not published their settings.
     */
    static List<Finding> findings(List<HostIncarnation> living, Map<UUID, Map<String, String>> told) {
        List<Finding> findings = new ArrayList<>();
        for (HostIncarnation leader :
                living.stream().filter(HostIncarnation::leader).toList()) {
            Map<String, String> inForce = told.get(leader.incarnation());
            for (HostIncarnation host : living) {
                Map<String, String> its = told.get(host.incarnation());
                if (inForce != null
                        && its != null
                        && host.offer().version().equals(leader.offer().version())) {
                    List<String> differing = differing(inForce, its);
                    if (!differing.isEmpty()) {
                        findings.add(finding(host, leader, differing));
                    }
                }
            }
        }
        return findings;
    }

    private static Finding finding(HostIncarnation host, HostIncarnation leader, List<String> differing) {
        return new Finding(
                        Finding.CONFIGURATION,
                        "host " + host.host() + " has different settings than host " + leader.host()
                                + ", the leader, whose limits, queues and roles apply: "
                                + String.join(", ", differing),
                        FIX)
                .with(Remedy.RemedyKind.SETTINGS.any());
    }

    private static List<String> differing(Map<String, String> inForce, Map<String, String> its) {
        Set<String> names = new TreeSet<>(inForce.keySet());
        names.addAll(its.keySet());
        return names.stream()
                .filter(name -> !String.valueOf(inForce.get(name)).equals(its.get(name)))
                .map(name -> name
                        + (!its.containsKey(name)
                                ? " (missing)"
                                : !inForce.containsKey(name) ? " (only on this host)" : ""))
                .toList();
    }
}
