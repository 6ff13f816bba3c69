// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects those who can look at a part of the host. */
@Component(service = Examiners.class)
public final class Examiners {

    private final Map<Examiner, Map<String, Object>> examiners = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Examiner examiner, Map<String, Object> properties) {
        examiners.put(examiner, properties);
    }

    void unbind(Examiner examiner) {
        examiners.remove(examiner);
    }

    List<Finding> examine() {
        return examiners.keySet().stream()
                .flatMap(examiner -> examiner.examine().stream())
                .toList();
    }

    /** The PIDs that somebody reads. */
    Set<String> pids() {
        return examiners.values().stream()
                .map(properties -> properties.get(Examiner.SETTINGS_PID))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }
}
