// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** A map that is never at its end. */
public final class EndlessMap extends AbstractMap<String, Object> {

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return LongStream.iterate(0, n -> n + 1)
                        .<Map.Entry<String, Object>>mapToObj(n -> Map.entry("key " + n, n))
                        .iterator();
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };
    }
}
