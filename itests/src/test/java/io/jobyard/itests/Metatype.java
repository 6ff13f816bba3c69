// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a bundle says of the configurations it reads. */
final class Metatype {

    /** A configuration; of a factory there may be several, each with a name. */
    record Pid(String pid, boolean factory, String description, List<Key> keys) {

        /** As its file is called. */
        String file() {
            return factory ? pid + "-NAME" : pid;
        }
    }

    /** One of its values. */
    record Key(String name, String byDefault, String range, String description) {}

    private Metatype() {}

    static List<Pid> of(Path jar) {
        List<Pid> pids = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (entry.getName().startsWith("OSGI-INF/metatype/")
                        && entry.getName().endsWith(".xml")) {
                    pids.addAll(read(file, entry));
                }
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("cannot read the metatype of " + jar, e);
        }
        return pids;
    }

    private static List<Pid> read(JarFile file, JarEntry entry)
            throws IOException, SAXException, ParserConfigurationException {
        try (InputStream in = file.getInputStream(entry)) {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getDocumentElement();
            Map<String, Element> classes = new HashMap<>();
            elements(root.getElementsByTagName("OCD")).forEach(ocd -> classes.put(ocd.getAttribute("id"), ocd));
            List<Pid> pids = new ArrayList<>();
            for (Element designate : elements(root.getElementsByTagName("Designate"))) {
                Element object =
                        elements(designate.getElementsByTagName("Object")).get(0);
                Element ocd = classes.get(object.getAttribute("ocdref"));
                boolean factory = designate.hasAttribute("factoryPid");
                String pid = designate.getAttribute(factory ? "factoryPid" : "pid");
                pids.add(new Pid(pid, factory, ocd.getAttribute("description"), keys(ocd)));
            }
            return pids;
        }
    }

    private static List<Key> keys(Element ocd) {
        return elements(ocd.getElementsByTagName("AD")).stream()
                .map(ad -> new Key(
                        ad.getAttribute("id"),
                        ad.getAttribute("default"),
                        ad.hasAttribute("min") ? ad.getAttribute("min") + "–" + ad.getAttribute("max") : "",
                        ad.getAttribute("description")))
                .toList();
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
