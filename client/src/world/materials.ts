import { Color, DoubleSide, MeshStandardMaterial, type Texture, type WebGLProgramParametersWithUniforms } from "three";
import { PRINTS } from "./prints";

/** The accent that means "yours to act on" (the interface's token of the same name, in linear light when drawn). */
export const ACCENT = new Color("#174ec9");
export const ALARM = new Color("#c62828");
/**
 * The light that full white stands for in a picture of a room's light (docs/how/plant.md), and how much brighter it is
 * drawn so that a lit wall comes out of the tone curve as bright as one that is lit by lamps.
 */
const BAKED_RANGE = 2 * 1.35;
/** Shared by every material: how much of its own colour a lit thing gives up for the accent, 0 to 1. */
const accented = { value: 0.5 };

/** Added to how much lies on a part where no prints are drawn but all of it glows. */
export const WHOLLY = 2;
/** Shared by every material: how far the light is ultraviolet, 0 to 1. Then faces show what lies on them, and little else. */
export const ULTRAVIOLET = { value: 0 };

/** High contrast: what is lit up or alarmed takes a darker and full colour, whatever it is made of. */
export function accentuate(high: boolean): void {
  ACCENT.set(high ? "#0a2fb0" : "#174ec9");
  ALARM.set(high ? "#b00000" : "#c62828");
  accented.value = high ? 0.85 : 0.5;
}

/**
 * One material draws every opaque thing of the plant, a second every glass one. Colour comes with the vertices;
 * `surface` carries roughness, metalness and glow of the thing itself. What the batch keeps per instance is no colour
 * here but its state: x wetness, y alarm, z how much lies on it (0 to 1; beyond `WHOLLY` all of it glows), w 1 + highlight.
 */
const DARKENED = /* glsl */ `gl_FragColor.rgb *= mix( vec3( 1.0 ), vec3( 0.15, 0.14, 0.27 ), ultraviolet );`;
const FRAGMENT_END = /* glsl */ `
#include <colorspace_fragment>
${DARKENED}
if ( ultraviolet > 0.0 && vState.z > 0.0 ) {
	bool wholly = vState.z > ${WHOLLY.toFixed(1)};
	float level = wholly ? vState.z - ${WHOLLY.toFixed(1)} : vState.z;
	float shine = ultraviolet * ( wholly ? 0.9 : marks( vPlace, vFacing, level ) );
	gl_FragColor.rgb = mix( gl_FragColor.rgb, fluorescence( level ), shine );
	gl_FragColor.a = max( gl_FragColor.a, min( 4.0 * gl_FragColor.a, 0.9 * shine ) );
}
`;
const VERTEX_HEAD = /* glsl */ `
attribute vec3 surface;
attribute vec3 light;
varying vec3 vSurface;
varying vec4 vState;
varying vec3 vPlace;
varying vec3 vFacing;
varying vec3 vLight;
`;
const VERTEX_COLOR = /* glsl */ `
vColor = color;
vSurface = surface;
vLight = light;
vState = getBatchingColor( getIndirectIndex( gl_DrawID ) );
vPlace = position;
vFacing = normal;
`;
const FRAGMENT_HEAD = /* glsl */ `
varying vec3 vSurface;
varying vec4 vState;
uniform vec3 accent;
uniform vec3 alarmColor;
uniform float accented;
varying vec3 vLight;
uniform sampler2D roomLight;
uniform float roomLit;
` + PRINTS;
const FRAGMENT_COLOR = /* glsl */ `
diffuseColor *= vColor;
// Alpha of an opaque vertex says how much it was darkened: where light was computed, that is taken back.
float plantBaked = roomLit * step( 0.5, vLight.z );
diffuseColor.rgb /= mix( 1.0, max( vColor.a, 0.2 ), plantBaked );
diffuseColor.rgb *= 1.0 - 0.14 * vState.x;
diffuseColor.rgb = mix( diffuseColor.rgb, accent, accented * clamp( vState.w - 1.0, 0.0, 1.0 ) );
`;
/** The light computed for a room takes the place of that of the lamps; what shines and mirrors stays. */
const FRAGMENT_LIGHT = /* glsl */ `
#include <lights_fragment_end>
reflectedLight.directDiffuse *= 1.0 - plantBaked;
reflectedLight.indirectDiffuse = mix( reflectedLight.indirectDiffuse, material.diffuseColor * texture2D( roomLight, vLight.xy ).rgb * ${BAKED_RANGE.toFixed(2)}, plantBaked );
`;
const FRAGMENT_ROUGHNESS = /* glsl */ `float roughnessFactor = mix( vSurface.x, 0.07, 0.85 * vState.x );`;
const FRAGMENT_METALNESS = /* glsl */ `float metalnessFactor = vSurface.y;`;
const FRAGMENT_EMISSIVE = /* glsl */ `
totalEmissiveRadiance += vColor.rgb * vSurface.z * 4.0;
float plantRim = 1.0 - abs( dot( normalize( vViewPosition ), normal ) );
float plantLift = clamp( vState.w - 1.0, 0.0, 1.0 );
totalEmissiveRadiance += accent * plantLift * ( 0.22 + 0.9 * plantRim * plantRim );
totalEmissiveRadiance += alarmColor * vState.y * 0.9;
`;

/** What is opaque may lie in the light of a room: its picture, once there is one. */
export interface RoomLight {
  map: { value: Texture | null };
  lit: { value: number };
}

export function plantMaterial(glass: boolean, light: RoomLight = { map: { value: null }, lit: { value: 0 } }): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ vertexColors: true, name: glass ? "glass" : "plant" });
  if (glass) {
    material.transparent = true;
    material.depthWrite = false;
  }
  material.onBeforeCompile = (shader: WebGLProgramParametersWithUniforms): void => {
    shader.uniforms["accent"] = { value: ACCENT };
    shader.uniforms["alarmColor"] = { value: ALARM };
    shader.uniforms["accented"] = accented;
    shader.uniforms["ultraviolet"] = ULTRAVIOLET;
    shader.uniforms["roomLight"] = light.map;
    shader.uniforms["roomLit"] = light.lit;
    shader.vertexShader = VERTEX_HEAD + shader.vertexShader.replace("#include <color_vertex>", VERTEX_COLOR);
    let fragment = FRAGMENT_HEAD + shader.fragmentShader;
    fragment = fragment.replace("#include <color_fragment>", FRAGMENT_COLOR);
    fragment = fragment.replace("#include <roughnessmap_fragment>", FRAGMENT_ROUGHNESS);
    fragment = fragment.replace("#include <metalnessmap_fragment>", FRAGMENT_METALNESS);
    fragment = fragment.replace("#include <emissivemap_fragment>", FRAGMENT_EMISSIVE);
    fragment = fragment.replace("#include <lights_fragment_end>", FRAGMENT_LIGHT);
    shader.fragmentShader = fragment.replace("#include <colorspace_fragment>", FRAGMENT_END);
  };
  material.customProgramCacheKey = () => "plant";
  return material;
}

/** Labels share one atlas; the batch's per-instance value is the label's rectangle in it: u, v, width, height. */
export function labelMaterial(atlas: Texture): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ map: atlas, roughness: 0.6, side: DoubleSide, name: "label" });
  material.polygonOffset = true;
  material.polygonOffsetFactor = -1;
  material.onBeforeCompile = (shader: WebGLProgramParametersWithUniforms): void => {
    shader.vertexShader = shader.vertexShader
      .replace("#include <color_vertex>", "vec4 plantRect = getBatchingColor( getIndirectIndex( gl_DrawID ) );")
      .replace("#include <begin_vertex>", "#include <begin_vertex>\nvMapUv = plantRect.xy + uv * plantRect.zw;");
    shader.uniforms["ultraviolet"] = ULTRAVIOLET;
    shader.fragmentShader = `uniform float ultraviolet;\n${shader.fragmentShader}`
      .replace("#include <color_fragment>", "")
      .replace("#include <colorspace_fragment>", `#include <colorspace_fragment>\n${DARKENED}`);
  };
  material.customProgramCacheKey = () => "label";
  return material;
}
