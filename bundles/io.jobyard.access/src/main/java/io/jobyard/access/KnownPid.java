// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * Configuration that a bundle declares in its metatype.
 *
 * @param defaults the defaults, by key; empty for a key without a default
 * @param secrets the keys whose values are always hidden
 */
record KnownPid(String pid, boolean isFactory, Map<String, String> defaults, Set<String> secrets) {

    static List<KnownPid> of(Bundle[] bundles, MetaTypeService metatypes) {
        List<KnownPid> known = new ArrayList<>();
        for (Bundle bundle : bundles) {
            MetaTypeInformation information = metatypes.getMetaTypeInformation(bundle);
            if (information != null) {
                List<String> singles = ours(information.getPids());
                singles.forEach(pid -> known.add(read(pid, false, information)));
                // For a PID that is both, the service returns the keys of the singleton.
                ours(information.getFactoryPids())
                        .forEach(pid -> known.add(
                                singles.contains(pid)
                                        ? new KnownPid(pid, true, Map.of(), Set.of())
                                        : read(pid, true, information)));
            }
        }
        return known;
    }

    private static List<String> ours(String[] pids) {
        return Arrays.stream(pids)
                .filter(pid -> pid.startsWith(AuditedConfigurations.OURS))
                .toList();
    }

    private static KnownPid read(String pid, boolean isFactory, MetaTypeInformation information) {
        Map<String, String> defaults = new LinkedHashMap<>();
        Set<String> secrets = new TreeSet<>();
        for (AttributeDefinition key :
                information.getObjectClassDefinition(pid, null).getAttributeDefinitions(ObjectClassDefinition.ALL)) {
            if (isOne(key.getID())) {
                String[] byDefault = key.getDefaultValue();
                defaults.put(
                        key.getID(),
                        byDefault == null ? "" : Stream.of(byDefault).collect(Collectors.joining(", ")));
                if (key.getType() == AttributeDefinition.PASSWORD) {
                    secrets.add(key.getID());
                }
            }
        }
        return new KnownPid(pid, isFactory, defaults, secrets);
    }

    /** Returns whether a key is a single key. A key such as {@code rate.UNIT} represents many. */
    private static boolean isOne(String key) {
        return key.equals(key.toLowerCase(Locale.ROOT));
    }
}
